package dev.inkstream.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrientationTest {
    @TempDir
    private Path directory;

    /// The stored picture is `1 2 3` over `4 5 6`.
    @ParameterizedTest
    @CsvSource({
        "1, 3x2, 123456",
        "2, 3x2, 321654",
        "3, 3x2, 654321",
        "4, 3x2, 456123",
        "5, 2x3, 142536",
        "6, 2x3, 415263",
        "7, 2x3, 635241",
        "8, 2x3, 362514",
    })
    void turnsAsExifCounts(int number, String size, String pixels) throws IOException {
        Files.write(directory.resolve("a.png"), png(number));

        Picture picture = new PictureReader(Readings.LIMIT).read(directory.resolve("a.png"));

        assertThat(picture.size()).hasToString(size);
        StringBuilder levels = new StringBuilder();
        for (byte level : picture.grey()) {
            levels.append(level);
        }
        assertThat(levels).hasToString(pixels);
    }

    @ParameterizedTest
    @CsvSource({
        "1, UPRIGHT",
        "2, MIRRORED",
        "3, UPSIDE_DOWN",
        "4, MIRRORED_UPSIDE_DOWN",
        "5, TRANSPOSED",
        "6, QUARTER_TURN_CLOCKWISE",
        "7, TRANSPOSED_UPSIDE_DOWN",
        "8, QUARTER_TURN_COUNTERCLOCKWISE"
    })
    void isReadFromJpegs(int number, Orientation orientation) throws IOException {
        assertThat(Orientation.of(jpeg(number), "JPEG")).isEqualTo(orientation);
    }

    @Test
    void isUprightWhereNothingIsSaid() throws IOException {
        assertThat(Orientation.of(jpeg(9), "JPEG")).isEqualTo(Orientation.UPRIGHT);
        assertThat(Orientation.of(GreyPng.of(new byte[6], 3, 2), "png")).isEqualTo(Orientation.UPRIGHT);
        assertThat(Orientation.of(new byte[0], "gif")).isEqualTo(Orientation.UPRIGHT);
    }

    private static byte[] png(int orientation) {
        byte[] plain = GreyPng.of(new byte[] {1, 2, 3, 4, 5, 6}, 3, 2);
        byte[] typed = concatenated("eXIf".getBytes(StandardCharsets.US_ASCII), exif(orientation));
        CRC32 checksum = new CRC32();
        checksum.update(typed);
        byte[] chunk = ByteBuffer.allocate(typed.length + 8)
                .putInt(typed.length - 4)
                .put(typed)
                .putInt((int) checksum.getValue())
                .array();
        int afterHeader = 8 + 12 + 13;
        return concatenated(
                Arrays.copyOf(plain, afterHeader), chunk, Arrays.copyOfRange(plain, afterHeader, plain.length));
    }

    private static byte[] jpeg(int orientation) throws IOException {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY), "jpg", plain);
        byte[] exif = concatenated("Exif\0\0".getBytes(StandardCharsets.US_ASCII), exif(orientation));
        byte[] segment = ByteBuffer.allocate(exif.length + 4)
                .putShort((short) 0xffe1)
                .putShort((short) (exif.length + 2))
                .put(exif)
                .array();
        byte[] whole = plain.toByteArray();
        return concatenated(Arrays.copyOf(whole, 2), segment, Arrays.copyOfRange(whole, 2, whole.length));
    }

    /// A TIFF header and a directory of one entry: tag 0x0112, a short.
    private static byte[] exif(int orientation) {
        return ByteBuffer.allocate(26)
                .put(new byte[] {'M', 'M', 0, 42, 0, 0, 0, 8})
                .putShort((short) 1)
                .putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .array();
    }

    private static byte[] concatenated(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
