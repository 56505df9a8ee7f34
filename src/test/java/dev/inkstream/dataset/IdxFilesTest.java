package dev.inkstream.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        assertThat(IdxFiles.read(directory)).isEqualTo(new Dataset("digits", drawn.training(), drawn.holdout()));
    }

    @Test
    void readsPlainFilesOfEitherSpelling() throws IOException {
        Files.delete(directory.resolve("train-images-idx3-ubyte.gz"));
        Files.write(directory.resolve("train-images.idx3-ubyte"), IdxBytes.images(drawn.training()));
        Files.delete(directory.resolve("t10k-labels-idx1-ubyte.gz"));
        Files.write(directory.resolve("t10k-labels-idx1-ubyte"), IdxBytes.labels(drawn.holdout()));

        assertThat(IdxFiles.read(directory).training()).isEqualTo(drawn.training());
        assertThat(IdxFiles.read(directory).holdout()).isEqualTo(drawn.holdout());
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

        assertRefused(directory + " is not a directory: name one that holds MNIST's four IDX files, or pictures like"
                + " training/0/one.png and holdout/0/two.png.");
    }

    @Test
    void saysThatCountsDiffer() throws IOException {
        Path labels = replace("train-labels-idx1-ubyte.gz", IdxBytes.gzip(IdxBytes.of(new byte[19], 19)));

        assertRefused(directory.resolve("train-images-idx3-ubyte.gz") + " holds 20 images, but " + labels
                + " 19 labels: put files of one set there.");
    }

    @Test
    void saysThatSizesDiffer() throws IOException {
        replace("t10k-images-idx3-ubyte.gz", IdxBytes.gzip(IdxBytes.of(new byte[20], 10, 1, 2)));

        assertRefused("the training images in " + directory
                + " are 28x28 and the test images 2x1: put files of one set there.");
    }

    @Test
    void saysWhichLabelIsOutOfRange() throws IOException {
        Path labels = replace("t10k-labels-idx1-ubyte.gz", IdxBytes.of(new byte[] {9, 10, 3}, 3));

        assertRefused(labels + " has label 10 at position 1, expected 0 to 9: put labels of ten classes there.");
    }

    private Path replace(String name, byte[] content) throws IOException {
        return Files.write(directory.resolve(name), content);
    }

    private void assertRefused(String message) {
        assertThatThrownBy(() -> IdxFiles.read(directory))
                .isInstanceOf(DatasetException.class)
                .hasMessage(message);
    }
}
