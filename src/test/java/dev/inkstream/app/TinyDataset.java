package dev.inkstream.app;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/// A few images in MNIST's file format: 28x28, image i has label i modulo 10 and i as each of its pixels.
final class TinyDataset {
    static final int TRAINING = 30;
    static final int HOLDOUT = 12;

    private static final int SIDE = 28;

    private TinyDataset() {}

    static String in(Path directory) throws IOException {
        return in(directory, SIDE);
    }

    /// The same with images of another size.
    static String in(Path directory, int side) throws IOException {
        write(directory, "train", TRAINING, side);
        write(directory, "t10k", HOLDOUT, side);
        return directory.toString();
    }

    private static void write(Path directory, String set, int size, int side) throws IOException {
        ByteBuffer images = ByteBuffer.allocate(16 + size * side * side)
                .putInt(0x803)
                .putInt(size)
                .putInt(side)
                .putInt(side);
        ByteBuffer labels = ByteBuffer.allocate(8 + size).putInt(0x801).putInt(size);
        for (int i = 0; i < size; i++) {
            labels.put((byte) (i % 10));
            for (int pixel = 0; pixel < side * side; pixel++) {
                images.put((byte) i);
            }
        }
        Files.write(directory.resolve(set + "-images-idx3-ubyte"), images.array());
        Files.write(directory.resolve(set + "-labels-idx1-ubyte"), labels.array());
    }
}
