package dev.inkstream.dataset;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/// Writes what [IdxFiles] reads.
final class IdxBytes {
    private IdxBytes() {}

    /// An IDX file of unsigned bytes.
    static byte[] of(byte[] data, int... shape) {
        ByteBuffer file = ByteBuffer.allocate(Integer.BYTES * (1 + shape.length) + data.length);
        file.putInt(0x0800 | shape.length);
        for (int dimension : shape) {
            file.putInt(dimension);
        }
        return file.put(data).array();
    }

    static byte[] images(Images images) {
        int length = images.imageSize().pixels();
        byte[] data = new byte[images.size() * length];
        for (int i = 0; i < images.size(); i++) {
            System.arraycopy(images.pixels(i), 0, data, i * length, length);
        }
        return of(data, images.size(), images.height(), images.width());
    }

    static byte[] labels(Images images) {
        byte[] data = new byte[images.size()];
        for (int i = 0; i < images.size(); i++) {
            data[i] = (byte) images.label(i);
        }
        return of(data, images.size());
    }

    static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    /// Writes a dataset's four files, gzipped.
    static void write(Dataset dataset, Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.write(directory.resolve("train-images-idx3-ubyte.gz"), gzip(images(dataset.training())));
        Files.write(directory.resolve("train-labels-idx1-ubyte.gz"), gzip(labels(dataset.training())));
        Files.write(directory.resolve("t10k-images-idx3-ubyte.gz"), gzip(images(dataset.holdout())));
        Files.write(directory.resolve("t10k-labels-idx1-ubyte.gz"), gzip(labels(dataset.holdout())));
    }
}
