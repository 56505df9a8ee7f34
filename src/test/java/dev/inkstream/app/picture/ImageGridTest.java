package dev.inkstream.app.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inkstream.dataset.DrawnDigits;
import dev.inkstream.dataset.ImageSize;
import dev.inkstream.dataset.Images;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ImageGridTest {
    private static final ImageSize FOUR = new ImageSize(4, 4);
    private static final Tile BAR = tile("7", 0, 0, 0, 0, 255, 255, 255, 255, 0, 0, 0, 0, 0, 0, 0, 0);
    private static final Tile RAMP = tile("4≠9", 0, 80, 160, 255, 0, 80, 160, 255, 0, 80, 160, 255, 0, 80, 160, 255);

    @Test
    void drawsWithPlainCharacters() {
        ImageGrid grid = new ImageGrid(List.of(BAR, RAMP, RAMP), 2);

        assertThat(grid.terminal(Shades.PLAIN, 80)).isEqualTo("""
                        ====  -*@
                              -*@
                         7   4≠9
                         -*@
                         -*@
                        4≠9
                        """);
    }

    @Test
    void drawsWithHalfBlocks() {
        String bar = new ImageGrid(List.of(BAR), 1).terminal(Shades.TRUE_COLOR, 80);

        assertThat(bar).isEqualTo("""
                \033[38;2;0;0;0;48;2;255;255;255m▀▀▀▀\033[0m
                \033[38;2;0;0;0;48;2;0;0;0m▀▀▀▀\033[0m
                 7
                """);
        assertThat(new ImageGrid(List.of(BAR), 1).terminal(Shades.ANSI_256, 80))
                .startsWith("\u001b[38;5;232;48;5;255m▀▀▀▀\u001b[0m\n");
    }

    @Test
    void fitsTheTerminal() {
        Images drawn = DrawnDigits.images(1, 0, 16);
        ImageGrid grid = new ImageGrid(
                IntStream.range(0, 16).mapToObj(i -> Tile.of(drawn, i)).toList(), 4);

        assertThat(grid.terminal(Shades.TRUE_COLOR, 115).lines().filter(line -> line.contains("▀")))
                .hasSize(4 * 14)
                .allMatch(line -> line.replaceAll("\u001b\\[[0-9;]*m", "").length() == 115);
        assertThat(grid.terminal(Shades.PLAIN, 80).lines())
                .hasSize(4 * (10 + 1))
                .allMatch(line -> line.length() < 80);
        assertThat(grid.terminal(Shades.PLAIN, 1)).isNotEmpty();
    }

    @Test
    void writesPngFiles() throws IOException {
        BufferedImage png = ImageIO.read(new ByteArrayInputStream(new ImageGrid(List.of(BAR, RAMP, RAMP), 2).png(4)));

        assertThat(png.getWidth()).isEqualTo(2 * (4 * 4 + 1) + 1);
        assertThat(png.getHeight()).isEqualTo(2 * (4 * 4 + 2 * 11 + 1) + 1);
        assertThat(png.getRaster().getSample(1, 1, 0)).isZero();
        assertThat(png.getRaster().getSample(1, 5, 0)).isEqualTo(255);
        assertThat(png.getRaster().getSample(18 + 4, 1, 0)).isEqualTo(80);
    }

    @Test
    void writesCaptionsIntoPngFiles() {
        byte[] seven = new ImageGrid(List.of(blank("7")), 1).png(4);

        assertThat(seven).isEqualTo(new ImageGrid(List.of(blank("7")), 1).png(4));
        assertThat(List.of("", "1", "4 ≠ 9", "x", "%"))
                .allSatisfy(other -> assertThat(new ImageGrid(List.of(blank(other)), 1).png(4))
                        .isNotEqualTo(seven));
    }

    @Test
    void captionsSayWhatWasTakenForWhat() {
        Images drawn = DrawnDigits.images(1, 0, 1);

        assertThat(Tile.of(drawn, 0).caption()).isEqualTo("" + drawn.label(0));
        assertThat(Tile.misclassified(drawn, 0, 9).caption()).isEqualTo(drawn.label(0) + " ≠ 9");
    }

    @Test
    void refusesWhatItCannotDraw() {
        List<Tile> mixed = List.of(BAR, Tile.of(DrawnDigits.images(1, 0, 1), 0));
        ImageGrid grid = new ImageGrid(List.of(BAR), 1);

        assertThatThrownBy(() -> new ImageGrid(List.of(), 1)).hasMessage("tiles is empty; it must have at least one");
        assertThatThrownBy(() -> new ImageGrid(List.of(BAR), 0)).hasMessage("across is 0; it must be 1 to 100");
        assertThatThrownBy(() -> new ImageGrid(mixed, 1)).hasMessage("tiles has sizes 4x4 and 28x28; it must have one");
        assertThatThrownBy(() -> new Tile(new byte[3], FOUR, ""))
                .hasMessage("pixels has 3 bytes; it must have 16 for 4x4");
        assertThatThrownBy(() -> grid.png(0)).hasMessage("scale is 0; it must be 1 to 16");
        assertThatThrownBy(() -> grid.terminal(Shades.PLAIN, 0)).hasMessage("columns is 0; it must be 1 or more");
    }

    private static Tile blank(String caption) {
        return new Tile(new byte[ImageSize.MNIST.pixels()], ImageSize.MNIST, caption);
    }

    private static Tile tile(String caption, int... greys) {
        byte[] pixels = new byte[greys.length];
        for (int i = 0; i < greys.length; i++) {
            pixels[i] = (byte) greys[i];
        }
        return new Tile(pixels, FOUR, caption);
    }
}
