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
        write(directory, "train", TRAINING);
        write(directory, "t10k", HOLDOUT);
        return directory.toString();
    }

    private static void write(Path directory, String set, int size) throws IOException {
        ByteBuffer images = ByteBuffer.allocate(16 + size * SIDE * SIDE)
                .putInt(0x803)
                .putInt(size)
                .putInt(SIDE)
                .putInt(SIDE);
        ByteBuffer labels = ByteBuffer.allocate(8 + size).putInt(0x801).putInt(size);
        for (int i = 0; i < size; i++) {
            labels.put((byte) (i % 10));
            for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
                images.put((byte) i);
            }
        }
        Files.write(directory.resolve(set + "-images-idx3-ubyte"), images.array());
        Files.write(directory.resolve(set + "-labels-idx1-ubyte"), labels.array());
    }
}
