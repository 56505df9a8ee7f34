package dev.inkstream.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
    @TempDir
    private Path directory;

    @Test
    void readsWhatGreyPicturesShow() throws IOException {
        Images drawn = DrawnDigits.images(1, 0, 30);
        write(drawn, PictureFiles.TRAINING);
        write(DrawnDigits.images(1, 100, 20), PictureFiles.HOLDOUT);

        Dataset dataset = dataset();

        assertThat(dataset.name()).isEqualTo(directory.getFileName().toString());
        assertThat(pictures(dataset.training())).containsExactlyInAnyOrderElementsOf(pictures(drawn));
        assertThat(dataset.holdout().size()).isEqualTo(20);
        assertThat(dataset.training().classes()).isEqualTo(10);
        assertThat(dataset()).isEqualTo(dataset);
    }

    @Test
    void mixesTheLabels() throws IOException {
        write(DrawnDigits.images(1, 0, 120), PictureFiles.TRAINING);
        write(DrawnDigits.images(1, 200, 1), PictureFiles.HOLDOUT);

        Images lastSixth = dataset().validation();

        assertThat(IntStream.range(0, lastSixth.size())
                        .map(lastSixth::label)
                        .distinct()
                        .count())
                .isGreaterThan(3);
    }

    @Test
    void takesColoursForTheirLuma() throws IOException {
        BufferedImage image = new BufferedImage(5, 1, BufferedImage.TYPE_INT_ARGB);
        int[] colours = {Color.WHITE.getRGB(), Color.RED.getRGB(), 0xff00ff00, Color.BLUE.getRGB(), 0x80ffffff};
        for (int x = 0; x < colours.length; x++) {
            image.setRGB(x, 0, colours[x]);
        }
        ImageIO.write(image, "png", file("training/0/a.png"));
        ImageIO.write(image, "png", file("holdout/1/a.PNG"));

        assertThat(dataset().training().pixels(0)).containsExactly(255, 76, 150, 29, 128);
        assertThat(dataset().holdout().label(0)).isEqualTo(1);
        assertThat(dataset().training().classes()).isEqualTo(2);
    }

    @Test
    void passesOverOtherFiles() throws IOException {
        write(DrawnDigits.images(1, 0, 3), PictureFiles.TRAINING);
        write(DrawnDigits.images(1, 0, 3), PictureFiles.HOLDOUT);
        Files.writeString(file("training/0/notes.txt").toPath(), "text");
        Files.writeString(directory.resolve("training/.DS_Store"), "text");

        assertThat(dataset().training().size()).isEqualTo(3);
    }

    @Test
    void saysWhatCannotBeUsed() throws IOException {
        write(DrawnDigits.images(1, 0, 3), PictureFiles.TRAINING);
        assertRefused("there is no picture like holdout/0/one.png in " + directory
                + ": put PNG, JPEG, GIF or BMP files into a directory for each label.");
        write(DrawnDigits.images(1, 0, 3), PictureFiles.HOLDOUT);

        Path odd = file("training/0/odd.png").toPath();
        ImageIO.write(new BufferedImage(29, 28, BufferedImage.TYPE_BYTE_GRAY), "png", odd.toFile());
        assertRefused("is 29x28, but others in " + directory + " are 28x28: scale them to one size.");
        ImageIO.write(new BufferedImage(2_000, 1, BufferedImage.TYPE_BYTE_GRAY), "png", odd.toFile());
        assertRefused(odd + " is 2000x1, at most 256x256 can be used: scale it down.");
        Files.writeString(odd, "no picture");
        assertRefused(odd + " is not a PNG, JPEG, GIF or BMP picture: replace it or take it away.");
        Files.write(odd, Png.grey(new byte[784], 28, 28), StandardOpenOption.TRUNCATE_EXISTING);
        Files.createDirectory(directory.resolve("training/cats"));
        assertRefused(directory.resolve("training/cats")
                + " is not named after a label: name it 0 to 126, after what its pictures show.");
    }

    @Test
    void saysWhatIsCutShort() throws IOException {
        write(DrawnDigits.images(1, 0, 1), PictureFiles.TRAINING);
        write(DrawnDigits.images(1, 0, 1), PictureFiles.HOLDOUT);
        byte[] whole = Png.grey(new byte[784], 28, 28);
        Path cut = file("training/0/cut.png").toPath();
        Files.write(cut, Arrays.copyOf(whole, whole.length / 2));

        assertThatThrownBy(this::dataset)
                .isInstanceOf(DatasetException.class)
                .hasMessageStartingWith(cut + " cannot be read (")
                .hasMessageEndingWith("): replace it or take it away.");
    }

    private Dataset dataset() {
        return new DatasetSource(Map.of(), directory, List.of(), line -> {}).find(directory);
    }

    private void assertRefused(String message) {
        assertThatThrownBy(this::dataset).isInstanceOf(DatasetException.class).hasMessageContaining(message);
    }

    private File file(String name) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return file.toFile();
    }

    private void write(Images images, String set) throws IOException {
        for (int i = 0; i < images.size(); i++) {
            byte[] png = Png.grey(images.pixels(i), images.width(), images.height());
            Files.write(file(set + "/" + images.label(i) + "/" + i + ".png").toPath(), png);
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
