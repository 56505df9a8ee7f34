package dev.inkstream.dataset;

import dev.inkstream.record.ImageRecord;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/// Reads PNG, JPEG, GIF and BMP files. Thread-safe.
///
/// The files are not trusted: the size of a picture is checked before its pixels are decoded, and whatever a decoder
/// throws becomes a sentence that names the file.
///
/// @param limit bounds the memory that one picture takes
record PictureReader(ReadLimit limit) {
    /// The formats that are read, as a person writes them.
    static final String FORMATS = "PNG, JPEG, GIF or BMP";

    /// The largest file, in bytes: what a picture with the longest sides takes uncompressed in grey.
    static final long MAX_FILE_BYTES = 64L << 20;

    private static final Set<String> FORMAT_NAMES = Set.of("png", "jpeg", "gif", "bmp");

    /// Memory for each decoded pixel: four samples of 16 bits.
    private static final int DECODED_BYTES = 8;

    /// Reads one picture, upright as its EXIF orientation says.
    ///
    /// @throws DatasetException if it is no such picture, cannot be read, or is too large
    Picture read(Path file) {
        byte[] content = content(file);
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(content))) {
            ImageReader reader = reader(in, file);
            try {
                // Metadata is not needed, and damage there must not matter.
                reader.setInput(in, true, true);
                checkSize(file, reader.getWidth(0), reader.getHeight(0));
                BufferedImage decoded = reader.read(0);
                return Grey.of(decoded).turned(Orientation.of(content, reader.getFormatName()));
            } finally {
                reader.dispose();
            }
        } catch (DatasetException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw unreadable(file, e);
        } catch (LinkageError e) {
            throw new DatasetException(
                    file + " cannot be read: this Java lacks the libraries of java.desktop (" + e.getMessage()
                            + "). Use a full Java runtime.",
                    e);
        }
    }

    private static byte[] content(Path file) {
        UserFiles.checkRegular(file, "a picture file");
        try {
            long size = Files.size(file);
            if (size > MAX_FILE_BYTES) {
                throw new DatasetException(String.format(
                        Locale.ROOT,
                        "%s has %,d bytes; a picture must have at most %,d. Scale it down.",
                        file,
                        size,
                        MAX_FILE_BYTES));
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static ImageReader reader(ImageInputStream in, Path file) throws IOException {
        Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
        while (readers.hasNext()) {
            ImageReader reader = readers.next();
            if (FORMAT_NAMES.contains(reader.getFormatName().toLowerCase(Locale.ROOT))) {
                return reader;
            }
            reader.dispose();
        }
        throw new DatasetException(
                file + " is not a picture; it must be a " + FORMATS + " file. Replace it or move it away.");
    }

    /// Checked before the pixels are decoded: a small file may hold a huge picture.
    private void checkSize(Path file, int width, int height) {
        if (!ImageSize.isInRange(width, height)) {
            throw new DatasetException(
                    file + " is " + width + "x" + height + "; " + ImageRecord.SIDES + ". Scale it down.");
        }
        limit.checkPicture(file, (long) width * height * DECODED_BYTES);
    }

    private static DatasetException unreadable(Path file, Exception e) {
        return new DatasetException(
                file + " cannot be read (" + FileReason.of(e) + "). Replace it or move it away.", e);
    }
}
