package dev.inkstream.dataset;

import dev.inkstream.record.ImageRecord;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// The content of one IDX file of unsigned bytes: four bytes of magic (0, 0, 8, the number of dimensions), each
/// dimension as a big-endian int, then the data, nothing after it.
///
/// The file is not trusted: no length in it is believed before the bytes are there, and none may be beyond its limit.
///
/// @param shape the dimensions, the number of items first
/// @param data as many bytes as the product of the dimensions; owned by this record, never to be changed
record IdxArray(List<Integer> shape, byte[] data) {
    /// The most bytes that a byte of a gzipped file can become: the format's own limit is 1,032.
    private static final int MAX_RATIO = 1_100;

    private static final int GZIP_MAGIC = 0x1F8B;

    /// Reads a file, gzipped or not as its first two bytes say.
    ///
    /// @param dimensions how many the file must have: 1 for labels, 3 for images
    /// @throws DatasetException if the file cannot be read or is not exactly such a file
    static IdxArray read(Path file, int dimensions, ReadLimit limit) {
        UserFiles.checkRegular(file, "an IDX file");
        try (InputStream in = open(file)) {
            IdxArray array = new IdxArray(shape(in, file, dimensions), new byte[0]);
            return array.withData(in, file, limit);
        } catch (ZipException e) {
            throw new DatasetException(
                    file + " is damaged (" + e.getMessage() + "). Replace it with an undamaged copy.", e);
        } catch (EOFException e) {
            throw new DatasetException(file + " is cut short. Replace it with a whole copy.", e);
        } catch (IOException e) {
            throw new DatasetException(
                    file + " cannot be read (" + FileReason.of(e) + "). Make it readable, or name another directory.",
                    e);
        }
    }

    private static InputStream open(Path file) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        in.mark(2);
        int magic = (in.read() << 8) | in.read();
        in.reset();
        return magic == GZIP_MAGIC ? new GZIPInputStream(in, 1 << 16) : in;
    }

    private static List<Integer> shape(InputStream in, Path file, int dimensions) throws IOException {
        int magic = ByteBuffer.wrap(bytes(in, Integer.BYTES)).getInt();
        int expected = 0x0800 | dimensions;
        if (magic != expected) {
            throw new DatasetException(String.format(
                    "%s starts with 0x%08x; it must start with 0x%08x. Put an original file there.",
                    file, magic, expected));
        }
        ByteBuffer header = ByteBuffer.wrap(bytes(in, Integer.BYTES * dimensions));
        List<Integer> shape = Stream.generate(header::getInt).limit(dimensions).toList();
        for (int i = 0; i < dimensions; i++) {
            int max = i == 0 ? ReadLimit.MAX_IMAGES : ImageRecord.MAX_SIDE;
            if (shape.get(i) < 1 || shape.get(i) > max) {
                throw new DatasetException(
                        file + " has dimension " + i + " of " + shape.get(i) + "; it must be 1 to " + max + ".");
            }
        }
        return shape;
    }

    /// Reads the data that the shape promises. Memory is taken only if the limit allows it and the file can hold so
    /// much.
    private IdxArray withData(InputStream in, Path file, ReadLimit limit) throws IOException {
        limit.checkSet(file, shape.getFirst(), itemBytes());
        long length = shape.getFirst() * itemBytes();
        if (length / MAX_RATIO > Files.size(file)) {
            throw new EOFException();
        }
        byte[] read = bytes(in, (int) length);
        if (in.read() >= 0) {
            throw new DatasetException(
                    file + " has more than its " + length + " bytes of data. Replace it with an undamaged copy.");
        }
        return new IdxArray(shape, read);
    }

    private long itemBytes() {
        return shape.stream().skip(1).mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
    }

    private static byte[] bytes(InputStream in, int count) throws IOException {
        byte[] bytes = new byte[count];
        if (in.readNBytes(bytes, 0, count) < count) {
            throw new EOFException();
        }
        return bytes;
    }
}
