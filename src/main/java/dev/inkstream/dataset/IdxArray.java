package dev.inkstream.dataset;

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
    /// The most items a file may hold.
    static final int MAX_ITEMS = 1_000_000;

    /// The most bytes of data a file may hold.
    static final long MAX_BYTES = 1L << 30;

    private static final int GZIP_MAGIC = 0x1F8B;

    /// Reads a file, gzipped or not as its first two bytes say.
    ///
    /// @param dimensions how many the file must have: 1 for labels, 3 for images
    /// @throws DatasetException if the file cannot be read or is not exactly such a file
    static IdxArray read(Path file, int dimensions) {
        try (InputStream in = open(file)) {
            return read(in, file, dimensions);
        } catch (ZipException e) {
            throw new DatasetException(
                    file + " is damaged (" + e.getMessage() + "): replace it with an undamaged copy.", e);
        } catch (EOFException e) {
            throw new DatasetException(file + " is cut short: replace it with a whole copy.", e);
        } catch (IOException e) {
            throw new DatasetException(
                    "cannot read " + file + " (" + e + "): make it readable, or name another directory.", e);
        }
    }

    private static InputStream open(Path file) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        in.mark(2);
        int magic = (in.read() << 8) | in.read();
        in.reset();
        return magic == GZIP_MAGIC ? new GZIPInputStream(in, 1 << 16) : in;
    }

    private static IdxArray read(InputStream in, Path file, int dimensions) throws IOException {
        int magic = ByteBuffer.wrap(bytes(in, Integer.BYTES)).getInt();
        int expected = 0x0800 | dimensions;
        if (magic != expected) {
            throw new DatasetException(String.format(
                    "%s starts with 0x%08x, expected 0x%08x: put MNIST's original file there.", file, magic, expected));
        }
        ByteBuffer header = ByteBuffer.wrap(bytes(in, Integer.BYTES * dimensions));
        List<Integer> shape = Stream.generate(header::getInt).limit(dimensions).toList();
        int length = checkedLength(shape, file);
        byte[] data = bytes(in, length);
        if (in.read() >= 0) {
            throw new DatasetException(
                    file + " has more than its " + length + " bytes of data: replace it with an undamaged copy.");
        }
        return new IdxArray(shape, data);
    }

    private static int checkedLength(List<Integer> shape, Path file) {
        long length = 1;
        for (int i = 0; i < shape.size(); i++) {
            int dimension = shape.get(i);
            int limit = i == 0 ? MAX_ITEMS : ImageSize.MAX_SIDE;
            if (dimension < 1 || dimension > limit) {
                throw new DatasetException(file + " gives dimension " + i + " as " + dimension + ", expected 1 to "
                        + limit + ": put MNIST's original file there.");
            }
            length *= dimension;
        }
        if (length > MAX_BYTES) {
            throw new DatasetException(file + " claims " + length + " bytes of data, more than the limit of "
                    + MAX_BYTES + ": split it into smaller sets.");
        }
        return (int) length;
    }

    /// Exactly so many bytes; the array grows with what is really there, not with what a header claims.
    private static byte[] bytes(InputStream in, int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException();
        }
        return bytes;
    }
}
