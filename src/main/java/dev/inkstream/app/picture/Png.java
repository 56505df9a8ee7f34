package dev.inkstream.app.picture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// Writes 8-bit grey PNG files (W3C PNG Specification), so that a picture needs no window system's libraries.
public final class Png {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final int HEADER_LENGTH = 13;
    private static final byte BITS = 8;

    private Png() {}

    /// A PNG file of a picture.
    ///
    /// @param picture unsigned bytes, shape `[height][width]`, 0 black
    public static byte[] grey(byte[] picture, int width, int height) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.writeBytes(SIGNATURE);
        // The zeros that follow: colour type grey, and the only compression, filter and interlace methods we use.
        byte[] header = ByteBuffer.allocate(HEADER_LENGTH)
                .putInt(width)
                .putInt(height)
                .put(BITS)
                .array();
        chunk(png, "IHDR", header);
        chunk(png, "IDAT", deflated(unfiltered(picture, width, height)));
        chunk(png, "IEND", new byte[0]);
        return png.toByteArray();
    }

    /// Each row behind a zero, which says that it is not filtered.
    private static byte[] unfiltered(byte[] picture, int width, int height) {
        byte[] rows = new byte[height * (width + 1)];
        for (int row = 0; row < height; row++) {
            System.arraycopy(picture, row * width, rows, row * (width + 1) + 1, width);
        }
        return rows;
    }

    private static byte[] deflated(byte[] data) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        byte[] buffer = new byte[1 << 14];
        try (Deflater deflater = new Deflater()) {
            deflater.setInput(data);
            deflater.finish();
            while (!deflater.finished()) {
                compressed.write(buffer, 0, deflater.deflate(buffer));
            }
        }
        return compressed.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream png, String type, byte[] data) {
        byte[] typed = ByteBuffer.allocate(Integer.BYTES + data.length)
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .put(data)
                .array();
        CRC32 checksum = new CRC32();
        checksum.update(typed);
        png.writeBytes(bytes(data.length));
        png.writeBytes(typed);
        png.writeBytes(bytes((int) checksum.getValue()));
    }

    private static byte[] bytes(int value) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    }
}
