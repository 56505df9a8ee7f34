package dev.inkstream.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inkstream.app.picture.Tile;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureFilesTest {
    private final List<String> notices = new ArrayList<>();

    @TempDir
    private Path directory;

    @Test
    void readsWhatGreyPicturesShow() throws IOException {
        Images drawn = DrawnDigits.images(1, 0, 30);
        write(drawn, PictureFolders.TRAINING);
        write(DrawnDigits.images(1, 100, 20), PictureFolders.HOLDOUT);

        Dataset dataset = dataset();

        assertThat(dataset.name()).isEqualTo(directory.getFileName().toString());
        assertThat(pictures(dataset.training())).containsExactlyInAnyOrderElementsOf(pictures(drawn));
        assertThat(dataset.holdout().size()).isEqualTo(20);
        assertThat(dataset.training().classes()).isEqualTo(10);
        assertThat(dataset()).isEqualTo(dataset);
        assertThat(notices).isEmpty();
    }

    @Test
    void mixesTheLabels() throws IOException {
        write(DrawnDigits.images(1, 0, 120), PictureFolders.TRAINING);
        write(DrawnDigits.images(1, 200, 1), PictureFolders.HOLDOUT);

        Images lastSixth = dataset().validation();

        assertThat(IntStream.range(0, lastSixth.size())
                        .map(lastSixth::label)
                        .distinct()
                        .count())
                .isGreaterThan(3);
    }

    @Test
    void skipsOtherFilesWithOneLine() throws IOException {
        writeDigits();
        Files.writeString(path("training/Thumbs.db"), "text");
        Files.writeString(path("training/desktop.ini"), "text");
        Files.writeString(path("holdout/README"), "text");
        Files.writeString(path("training/.DS_Store"), "text");
        Files.writeString(path("training/0/notes.txt"), "text");
        Files.writeString(path("training/0/._0.png"), "text");

        assertThat(dataset().training().size()).isEqualTo(10);
        assertThat(notices)
                .containsExactly("Skipped 6 entries that are no picture in a label's folder, such as "
                        + path("training/.DS_Store") + ".");
    }

    @Test
    void foldersNamedByNumbersAreLabels() throws IOException {
        dot("training/2/a.png", 9);
        dot("training/007/b.png", 9);
        dot("holdout/19/c.PNG", 9);

        Dataset dataset = dataset();

        assertThat(dataset.training().classes()).isEqualTo(20);
        assertThat(Labels.histogram(dataset.training())[7]).isEqualTo(1);
        assertThat(dataset.holdout().label(0)).isEqualTo(19);
        assertThat(notices).isEmpty();
    }

    @Test
    void foldersNamedByClassesAreSorted() throws IOException {
        for (String name : List.of("B", "A", "10", "2", "b")) {
            dot("training/" + name + "/a.png", 9);
        }
        dot("holdout/c/a.png", 9);

        Dataset dataset = dataset();

        assertThat(dataset.training().classNames().names()).containsExactly("2", "10", "A", "B", "b", "c");
        assertThat(dataset.holdout().label(0)).isEqualTo(5);
        assertThat(Tile.of(dataset.holdout(), 0).caption()).isEqualTo("c");
        assertThat(notices)
                .containsExactly("The labels of the folders in " + directory
                        + " are 0 = 2, 1 = 10, 2 = A, 3 = B, 4 = b, 5 = c.");
    }

    @Test
    void labelsHaveOneLimit() throws IOException {
        dot("training/0/a.png", 9);
        dot("training/499/a.png", 9);
        dot("holdout/0/a.png", 9);
        assertThat(dataset().training().classes()).isEqualTo(500);

        dot("training/500/a.png", 9);
        assertRefused(directory + " has a folder for label 500; it must be 0 to 499."
                + " Rename it, or give the folders names that are not numbers.");

        for (int i = 0; i < 500; i++) {
            dot("training/class " + i + "/a.png", 9);
        }
        assertRefused(directory + " has folders of 503 classes; it must be 2 to 500. Leave some out.");
    }

    @Test
    void invertsDarkInk() throws IOException {
        for (int label = 0; label < 2; label++) {
            gray("training/" + label + "/a.png", 250, 10);
            gray("holdout/" + label + "/a.png", 250, 10);
        }

        assertThat(PictureReaderTest.unsigned(dataset().holdout().pixels(0)))
                .containsExactly(5, 5, 5, 5, 245, 5, 5, 5, 5);
        assertThat(notices)
                .containsExactly("The pictures in " + directory + " are dark on light (2 of the 2 checked) and are"
                        + " inverted to light on dark. Images that other producers send to Kafka must"
                        + " be light on dark too; --polarity light-on-dark keeps the pictures"
                        + " unchanged.");

        notices.clear();
        assertThat(PictureReaderTest.unsigned(
                        read(Polarity.LIGHT_ON_DARK).holdout().pixels(0)))
                .startsWith(250)
                .contains(10);
        assertThat(notices).isEmpty();
    }

    @Test
    void saysThatPolaritiesDiffer() throws IOException {
        gray("training/0/a.png", 250, 10);
        gray("training/1/a.png", 10, 250);
        gray("holdout/1/a.png", 10, 250);

        assertThat(PictureReaderTest.unsigned(dataset().holdout().pixels(0))).startsWith(10);
        assertThat(notices)
                .containsExactly("1 of the 2 pictures checked in " + directory
                        + " are dark on light, the others light on dark: none is inverted. Make them alike, or set"
                        + " --polarity.");
    }

    @Test
    void readsBlackInkOnATransparentGround() throws IOException {
        for (String name : List.of("training/0/a.png", "training/1/a.png", "holdout/1/a.png")) {
            onClear(name, 0xff000000);
        }

        assertThat(PictureReaderTest.unsigned(dataset().training().pixels(0)))
                .containsExactly(0, 0, 0, 0, 255, 0, 0, 0, 0);
        assertThat(notices.getFirst())
                .startsWith("The pictures in " + directory + " are dark on a transparent ground (2 of the 2 checked)"
                        + " and are inverted");
        assertThatThrownBy(() -> read(Polarity.LIGHT_ON_DARK))
                .hasMessage("the training images in " + directory + " are empty: every pixel is 0. Look at the"
                        + " pictures, or set another --polarity.");
    }

    @Test
    void readsWhiteInkOnATransparentGround() throws IOException {
        for (String name : List.of("training/0/a.png", "training/1/a.png", "holdout/1/a.png")) {
            onClear(name, 0xffffffff);
        }

        assertThat(PictureReaderTest.unsigned(dataset().training().pixels(0)))
                .containsExactly(0, 0, 0, 0, 255, 0, 0, 0, 0);
        assertThat(notices)
                .containsExactly("The pictures in " + directory
                        + " are light on a transparent ground: the ground is read as black.");
    }

    @Test
    void oneLabelCanOnlyBeLookedAt() throws IOException {
        dot("training/7/a.png", 9);
        dot("holdout/0/a.png", 9);

        assertRefused("the training images in " + directory + " have one label, 7; they must have at least 2.");
        assertThat(source(Polarity.AUTO).look(directory).training().label(0)).isEqualTo(7);
    }

    @Test
    void saysWhatCannotBeUsed() throws IOException {
        write(DrawnDigits.images(1, 0, 10), PictureFolders.TRAINING);
        assertRefused(directory + " has no picture like holdout/0/one.png; it must have PNG, JPEG, GIF or BMP files in"
                + " a folder for each label.");
        writeDigits();

        Path odd = path("training/0/odd.png");
        ImageIO.write(new BufferedImage(29, 28, BufferedImage.TYPE_BYTE_GRAY), "png", odd.toFile());
        assertThatThrownBy(this::dataset)
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("x28; it must be 2")
                .hasMessageContaining(odd.toString())
                .hasMessageEndingWith(" is. Scale the pictures to one size.");
        byte[] whole = GreyPng.of(new byte[784], 28, 28);
        Files.write(odd, Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(this::dataset)
                .isInstanceOf(DatasetException.class)
                .hasMessageStartingWith(odd + " cannot be read (")
                .hasMessageEndingWith("). Replace it or move it away.");
        Files.delete(odd);
        Files.createSymbolicLink(path("training/cats"), Path.of("gone"));
        assertRefused(path("training/cats")
                + " is a link to gone, which does not exist; it must be a folder of pictures."
                + " Replace it or move it away.");
    }

    private void writeDigits() throws IOException {
        write(DrawnDigits.images(1, 0, 10), PictureFolders.TRAINING);
        write(DrawnDigits.images(1, 0, 10), PictureFolders.HOLDOUT);
    }

    private Dataset dataset() {
        return read(Polarity.AUTO);
    }

    private Dataset read(Polarity polarity) {
        return source(polarity).find(directory);
    }

    private DatasetSource source(Polarity polarity) {
        ProxyVariables proxies = new ProxyVariables(Map.of());
        return new DatasetSource(
                new DatasetSource.Surroundings(Map.of(), directory.toString(), 1L << 30, proxies),
                List.of(),
                polarity,
                notices::add);
    }

    private void assertRefused(String message) {
        assertThatThrownBy(this::dataset).isInstanceOf(DatasetException.class).hasMessage(message);
    }

    private Path path(String name) throws IOException {
        return file(name).toPath();
    }

    private File file(String name) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return file.toFile();
    }

    /// A picture of one pixel.
    private void dot(String name, int level) throws IOException {
        Files.write(path(name), GreyPng.of(new byte[] {(byte) level}, 1, 1));
    }

    /// A dot in the middle of three by three pixels.
    private void gray(String name, int ground, int ink) throws IOException {
        byte[] pixels = new byte[9];
        Arrays.fill(pixels, (byte) ground);
        pixels[4] = (byte) ink;
        Files.write(path(name), GreyPng.of(pixels, 3, 3));
    }

    private void onClear(String name, int ink) throws IOException {
        BufferedImage image = new BufferedImage(3, 3, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(1, 1, ink);
        ImageIO.write(image, "png", file(name));
    }

    private void write(Images images, String set) throws IOException {
        for (int i = 0; i < images.size(); i++) {
            byte[] png = GreyPng.of(images.pixels(i), images.width(), images.height());
            Files.write(path(set + "/" + images.label(i) + "/" + i + ".png"), png);
        }
    }

    private static List<String> pictures(Images images) {
        List<String> pictures = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            pictures.add(images.label(i) + " " + HexFormat.of().formatHex(images.pixels(i)));
        }
        return pictures;
    }
}
