package dev.inkstream.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Exact grey levels of every kind of picture, and a sentence with the file's name for every failure.
class PictureReaderTest {
    private final PictureReader reader = new PictureReader(Readings.LIMIT);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"png", "bmp"})
    void grey(String format) throws IOException {
        BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setSamples(0, 0, 3, 1, 0, new int[] {0, 128, 255});

        assertThat(ink(image, format)).containsExactly(0, 128, 255);
    }

    /// Java takes grey for linear: `getRGB` would give 188 for 128.
    @Test
    void greyWithAlphaIsGrey() throws IOException {
        assertThat(ink(greyAlpha(DataBuffer.TYPE_BYTE, new int[] {128, 255, 128, 128, 255, 0}), "png"))
                .containsExactly(128, 64, 0);
    }

    @Test
    void sixteenBitsOfGreyWithAlpha() throws IOException {
        int[] samples = {128 * 257, 65_535, 128 * 257, 128 * 257, 65_535, 0};
        assertThat(ink(greyAlpha(DataBuffer.TYPE_USHORT, samples), "png")).containsExactly(128, 64, 0);
    }

    @Test
    void sixteenBitsOfGrey() throws IOException {
        BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_USHORT_GRAY);
        image.getRaster().setSamples(0, 0, 3, 1, 0, new int[] {0, 128 * 257, 65_535});

        assertThat(ink(image, "png")).containsExactly(0, 128, 255);
    }

    @Test
    void oneBit() throws IOException {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY);
        image.setRGB(1, 0, 0xffffffff);

        assertThat(ink(image, "png")).containsExactly(0, 255);
    }

    @Test
    void palettesMayBeTransparent() throws IOException {
        byte[] levels = {(byte) 128, (byte) 200, 40};
        byte[] alpha = {(byte) 255, (byte) 255, 0};
        IndexColorModel palette = new IndexColorModel(8, 3, levels, levels, levels, alpha);
        BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_INDEXED, palette);
        image.getRaster().setSamples(0, 0, 3, 1, 0, new int[] {0, 1, 2});

        assertThat(ink(image, "png")).containsExactly(128, 200, 0);
    }

    /// The luma of white, red, green, blue and a grey.
    @Test
    void colors() throws IOException {
        BufferedImage image = new BufferedImage(5, 1, BufferedImage.TYPE_3BYTE_BGR);
        image.setRGB(0, 0, 5, 1, new int[] {0xffffff, 0xff0000, 0x00ff00, 0x0000ff, 0x808080}, 0, 5);

        assertThat(ink(image, "png")).containsExactly(255, 76, 150, 29, 128);
        assertThat(ink(image, "bmp")).containsExactly(255, 76, 150, 29, 128);
    }

    @Test
    void colorsWithAlpha() throws IOException {
        BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, 3, 1, new int[] {0xff808080, 0x80ffffff, 0x00ffffff}, 0, 3);

        assertThat(ink(image, "png")).containsExactly(128, 128, 0);
    }

    @Test
    void flatJpegAndGif() throws IOException {
        BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
        Arrays.fill(((java.awt.image.DataBufferByte) image.getRaster().getDataBuffer()).getData(), (byte) 128);

        assertThat(ink(image, "jpg")).containsOnly(128);
        assertThat(ink(image, "gif")).containsOnly(128);
    }

    @Test
    void darkInkIsInvertedAndTransparencyIsNever() throws IOException {
        BufferedImage image = new BufferedImage(4, 1, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, 4, 1, new int[] {0xff000000, 0xffffffff, 0x00000000, 0x80000000}, 0, 4);
        Path file = write(image, "png");

        assertThat(unsigned(reader.read(file).ink(true))).containsExactly(255, 0, 0, 128);
    }

    @Test
    void hugePicturesAreRefusedBeforeTheyAreDecoded() throws IOException {
        byte[] png = GreyPng.of(new byte[1], 1, 1);
        ByteBuffer.wrap(png).putInt(16, 50_000).putInt(20, 60_000);
        Path file = Files.write(directory.resolve("huge.png"), png);

        assertRefused(file, " is 50000x60000; each side must be 1 to 4096 pixels. Scale it down.");
    }

    @Test
    void memoryIsBounded() throws IOException {
        Path file = Files.write(directory.resolve("large.png"), GreyPng.of(new byte[10_000], 100, 100));

        assertThatThrownBy(() -> new PictureReader(ReadLimit.ofHeap(3 * 79_999)).read(file))
                .isInstanceOf(DatasetException.class)
                .hasMessageStartingWith(file + " takes 80,000 bytes when it is decoded; it must take at most 79,999.");
    }

    @Test
    void whatIsNoFileIsNamed() throws IOException {
        Path folder = Files.createDirectory(directory.resolve("folder.png"));
        assertRefused(folder, " is a directory; it must be a picture file. Replace it or move it away.");
        Path link = Files.createSymbolicLink(directory.resolve("link.png"), directory.resolve("gone.png"));
        assertRefused(
                link,
                " is a link to " + directory.resolve("gone.png")
                        + ", which does not exist; it must be a picture file. Replace it or move it away.");
        assertRefused(directory.resolve("no.png"), " cannot be read (it does not exist). Replace it or move it away.");
        assertRefused(
                Path.of("/dev/null"),
                " is not a regular file; it must be a picture file." + " Replace it or move it away.");
    }

    @Test
    void whatIsNoPictureIsNamed() throws IOException {
        String sentence = " is not a picture; it must be a PNG, JPEG, GIF or BMP file. Replace it or move it away.";
        assertRefused(Files.write(directory.resolve("empty.png"), new byte[0]), sentence);
        assertRefused(Files.writeString(directory.resolve("text.png"), "no picture"), sentence);
    }

    @Test
    void permissionsAreNamed() {
        Path file = directory.resolve("a.png");
        assertThat(FileReason.of(new java.nio.file.AccessDeniedException(file.toString())))
                .isEqualTo("permission denied");
        assertThat(FileReason.of(new java.nio.file.FileSystemException(file.toString(), null, "Too many links")))
                .isEqualTo("Too many links");
        assertThat(FileReason.of(new IndexOutOfBoundsException())).isEqualTo("IndexOutOfBoundsException");
    }

    /// Whatever the decoders throw at 3,000 damaged files, the sentence names the file.
    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "gif", "bmp"})
    void damageIsNamed(String format) throws IOException {
        BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
        Path file = write(image, format);
        byte[] whole = Files.readAllBytes(file);
        java.util.Random random = new java.util.Random(1);
        for (int i = 0; i < 750; i++) {
            byte[] damaged = Arrays.copyOf(whole, i % 3 == 0 ? random.nextInt(whole.length) : whole.length);
            for (int flips = random.nextInt(4); flips >= 0 && damaged.length > 0; flips--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            Files.write(file, damaged);
            assertReadOrNamed(file);
        }
    }

    private void assertReadOrNamed(Path file) {
        try {
            assertThat(reader.read(file).grey()).isNotEmpty();
        } catch (DatasetException e) {
            assertThat(e).hasMessageStartingWith(file + " ");
            assertThat(e.getMessage()).endsWith(".").doesNotContain("\n", "null!");
        }
    }

    private void assertRefused(Path file, String message) {
        assertThatThrownBy(() -> reader.read(file))
                .isInstanceOf(DatasetException.class)
                .hasMessage(file + message);
    }

    private int[] ink(BufferedImage image, String format) throws IOException {
        return unsigned(reader.read(write(image, format)).ink(false));
    }

    private Path write(BufferedImage image, String format) throws IOException {
        Path file = directory.resolve("picture." + format);
        assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
        return file;
    }

    static int[] unsigned(byte[] bytes) {
        int[] values = new int[bytes.length];
        Arrays.setAll(values, i -> Byte.toUnsignedInt(bytes[i]));
        return values;
    }

    private static BufferedImage greyAlpha(int type, int[] samples) {
        ComponentColorModel model = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_GRAY), true, false, ComponentColorModel.TRANSLUCENT, type);
        WritableRaster raster = model.createCompatibleWritableRaster(samples.length / 2, 1);
        raster.setPixels(0, 0, samples.length / 2, 1, samples);
        return new BufferedImage(model, raster, false, null);
    }
}
