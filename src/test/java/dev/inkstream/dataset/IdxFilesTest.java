package dev.inkstream.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inkstream.app.picture.Tile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdxFilesTest {
    private final Dataset drawn = DrawnDigits.dataset(3, 20, 10);

    @TempDir
    private Path parent;

    private Path directory;

    @BeforeEach
    void writeFiles() throws IOException {
        directory = parent.resolve("digits");
        IdxBytes.write(drawn, directory);
    }

    @Test
    void readsGzippedFiles() {
        assertThat(IdxFiles.read(directory, Readings.quiet()))
                .isEqualTo(new Dataset("digits", drawn.training(), drawn.holdout()));
    }

    @Test
    void readsPlainFilesOfEitherSpelling() throws IOException {
        Files.delete(directory.resolve("train-images-idx3-ubyte.gz"));
        Files.write(directory.resolve("train-images.idx3-ubyte"), IdxBytes.images(drawn.training()));
        Files.delete(directory.resolve("t10k-labels-idx1-ubyte.gz"));
        Files.write(directory.resolve("t10k-labels-idx1-ubyte"), IdxBytes.labels(drawn.holdout()));

        assertThat(IdxFiles.read(directory, Readings.quiet()).training()).isEqualTo(drawn.training());
        assertThat(IdxFiles.read(directory, Readings.quiet()).holdout()).isEqualTo(drawn.holdout());
    }

    @Test
    void saysWhichFileIsMissing() throws IOException {
        Files.delete(directory.resolve("t10k-labels-idx1-ubyte.gz"));

        assertRefused("there is no t10k-labels-idx1-ubyte (or t10k-labels-idx1-ubyte.gz) in " + directory
                + ": put it there.");
    }

    @Test
    void saysThatThereIsNoDirectory() {
        directory = parent.resolve("nowhere");

        assertRefused(directory + " does not exist; it must be a directory with MNIST's four IDX files, like"
                + " train-images-idx3-ubyte.gz, or pictures like training/0/one.png and holdout/0/two.png.");
    }

    @Test
    void saysThatCountsDiffer() throws IOException {
        Path labels = replace("train-labels-idx1-ubyte.gz", IdxBytes.gzip(IdxBytes.of(new byte[19], 19)));

        assertRefused(directory.resolve("train-images-idx3-ubyte.gz") + " has 20 images, but " + labels
                + " has 19 labels; they must be as many. Put files of one set there.");
    }

    @Test
    void saysThatSizesDiffer() throws IOException {
        replace("t10k-images-idx3-ubyte.gz", IdxBytes.gzip(IdxBytes.of(new byte[20], 10, 1, 2)));

        assertRefused("the training images in " + directory
                + " are 28x28 and the holdout images 2x1; they must be of one size.");
    }

    @Test
    void theLabelsTellHowManyClassesThereAre() throws IOException {
        replace("t10k-labels-idx1-ubyte.gz", IdxBytes.of(new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, (byte) 255}, 10));

        assertThat(IdxFiles.read(directory, Readings.quiet()).training().classes())
                .isEqualTo(256);
    }

    @Test
    void readsTheLayoutOfTorchvision() throws IOException {
        Path root = parent.resolve("root");
        IdxBytes.write(drawn, root.resolve("MNIST/raw"));
        Dataset expected = new Dataset("MNIST", drawn.training(), drawn.holdout());

        assertThat(IdxFiles.read(root, Readings.quiet())).isEqualTo(expected);
        assertThat(IdxFiles.read(root.resolve("MNIST"), Readings.quiet())).isEqualTo(expected);

        IdxBytes.write(drawn, root.resolve("FashionMNIST/raw"));
        directory = root;
        assertRefused(root + " has 2 data sets: FashionMNIST, MNIST. Name one, like " + root.resolve("MNIST") + ".");
    }

    @ParameterizedTest
    @CsvSource({"letters, 26, A, Z", "balanced, 47, 0, t", "bymerge, 47, 0, t", "byclass, 62, 0, z", "digits, 10, 0, 9"
    })
    void readsEmnist(String split, int classes, String first, String last) throws IOException {
        int offset = split.equals("letters") ? 1 : 0;
        byte[] labels = {(byte) offset, (byte) (classes - 1 + offset)};
        // Two images of two rows and three columns, stored column by column.
        byte[] stored = {1, 4, 2, 5, 3, 6, 11, 14, 12, 15, 13, 16};
        Path emnist = Files.createDirectory(parent.resolve("emnist"));
        for (String part : List.of("train", "test")) {
            String start = "emnist-" + split + "-" + part;
            Files.write(emnist.resolve(start + "-images-idx3-ubyte.gz"), IdxBytes.gzip(IdxBytes.of(stored, 2, 3, 2)));
            Files.write(emnist.resolve(start + "-labels-idx1-ubyte.gz"), IdxBytes.gzip(IdxBytes.of(labels, 2)));
        }

        Dataset dataset = IdxFiles.read(emnist, Readings.quiet());

        assertThat(dataset.name()).isEqualTo("emnist-" + split);
        assertThat(dataset.training().imageSize()).isEqualTo(new ImageSize(3, 2));
        assertThat(dataset.training().pixels(0)).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(dataset.holdout().pixels(1)).containsExactly(11, 12, 13, 14, 15, 16);
        assertThat(dataset.training().classes()).isEqualTo(classes);
        assertThat(Tile.of(dataset.training(), 0).caption()).isEqualTo(first);
        assertThat(Tile.of(dataset.holdout(), 1).caption()).isEqualTo(last);
    }

    @Test
    void oneOfSeveralSetsIsNamedByTheStartOfItsFiles() throws IOException {
        for (String split : List.of("digits", "mnist")) {
            for (String part : List.of("train", "test")) {
                Path start = directory.resolve("emnist-" + split + "-" + part);
                Files.write(Path.of(start + "-images-idx3-ubyte"), IdxBytes.images(drawn.training()));
                Files.write(Path.of(start + "-labels-idx1-ubyte"), IdxBytes.labels(drawn.training()));
            }
        }

        assertThat(IdxFiles.read(directory.resolve("emnist-mnist"), Readings.quiet())
                        .name())
                .isEqualTo("emnist-mnist");
        assertRefused(directory + " has 3 data sets: digits, emnist-digits, emnist-mnist. Name one, like "
                + directory.resolve("emnist-mnist") + ".");
    }

    @Test
    void saysWhichLabelIsOutOfRange() throws IOException {
        Path emnist = Files.createDirectory(parent.resolve("emnist"));
        Path labels = emnist.resolve("emnist-letters-train-labels-idx1-ubyte");
        Files.write(labels, IdxBytes.of(new byte[] {9, 27}, 2));
        directory = emnist;

        assertRefused(labels + " has label 27 at position 1; it must be 1 to 26 in emnist-letters.");
        Files.write(labels, IdxBytes.of(new byte[] {0, 1}, 2));
        assertRefused(labels + " has label 0 at position 0; it must be 1 to 26 in emnist-letters.");
    }

    @Test
    void invertsDarkInkOnly() throws IOException {
        List<String> notices = new ArrayList<>();
        replace("train-images-idx3-ubyte.gz", IdxBytes.images(Drift.INVERT.apply(drawn.training())));

        assertThat(IdxFiles.read(directory, Readings.of(Polarity.AUTO, notices::add))
                        .training())
                .isEqualTo(drawn.training());
        assertThat(notices).hasSize(1);
        assertThat(notices.getFirst())
                .startsWith("The pictures in " + directory + " are dark on light (20 of the 20 checked) and are"
                        + " inverted to light on dark.");
    }

    @Test
    void refusesOneLabelAndNoInk() throws IOException {
        replace("train-labels-idx1-ubyte.gz", IdxBytes.of(new byte[20], 20));
        assertRefused("the training images in " + directory + " have one label, 0; they must have at least 2.");

        IdxBytes.write(drawn, directory);
        replace("t10k-images-idx3-ubyte.gz", IdxBytes.of(new byte[7840], 10, 28, 28));
        assertRefused("the holdout images in " + directory + " are empty: every pixel is 0. Look at the pictures, or"
                + " set another --polarity.");
    }

    @Test
    void saysWhatIsNoFile() throws IOException {
        Path images = directory.resolve("train-images-idx3-ubyte.gz");
        Files.delete(images);
        Files.createSymbolicLink(images, Path.of("gone"));
        assertRefused(images + " is a link to gone, which does not exist; it must be an IDX file."
                + " Replace it or move it away.");
        Files.delete(images);
        Files.createDirectory(images);
        assertRefused(images + " is a directory; it must be an IDX file. Replace it or move it away.");
    }

    @Test
    void saysThatADirectoryHasNoSet() throws IOException {
        directory = Files.createDirectory(parent.resolve("empty"));
        assertRefused(directory + " has no data set; it must have " + IdxFiles.LAYOUTS + ".");
        directory = Files.writeString(parent.resolve("file"), "");
        assertRefused(directory + " is not a directory; it must be a directory with " + IdxFiles.LAYOUTS + ".");
    }

    private Path replace(String name, byte[] content) throws IOException {
        return Files.write(directory.resolve(name), content);
    }

    private void assertRefused(String message) {
        assertThatThrownBy(() -> IdxFiles.read(directory, Readings.quiet()))
                .isInstanceOf(DatasetException.class)
                .hasMessage(message);
    }
}
