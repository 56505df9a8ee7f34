package dev.inkstream.bench;

import dev.inkstream.dataset.Images;

/// Labeled images that a benchmark takes in turn, without end: enough of them that the branch predictor cannot learn
/// them. Not thread-safe.
final class Pool {
    private final byte[][] images;
    private final int[] labels;
    private int at;

    /// @param images each the unsigned bytes of one image
    /// @param labels as many
    Pool(byte[][] images, int[] labels) {
        this.images = images;
        this.labels = labels;
    }

    /// Images for a network of so many inputs: as they are, or if it has more inputs, enlarged to a square of so many
    /// pixels, which keeps the share of pixels that are ink.
    static Pool of(Images images, int inputs) {
        byte[][] pixels = new byte[images.size()][];
        int[] labels = new int[images.size()];
        for (int i = 0; i < pixels.length; i++) {
            byte[] original = images.pixels(i);
            pixels[i] = original.length == inputs ? original : enlarged(original, images.width(), inputs);
            labels[i] = images.label(i);
        }
        return new Pool(pixels, labels);
    }

    private static byte[] enlarged(byte[] image, int width, int inputs) {
        int side = (int) Math.sqrt(inputs);
        byte[] large = new byte[inputs];
        for (int i = 0; i < side * side; i++) {
            int row = i / side * width / side;
            int column = i % side * width / side;
            large[i] = image[row * width + column];
        }
        return large;
    }

    int size() {
        return images.length;
    }

    /// The image that is next.
    byte[] pixels() {
        return images[at];
    }

    /// Its label.
    int label() {
        return labels[at];
    }

    /// Goes to the next one, after the last to the first.
    void advance() {
        at++;
        if (at == images.length) {
            at = 0;
        }
    }

    /// Writes the next image as pixels / 255.
    void scaled(float[] values, int from) {
        byte[] pixels = images[at];
        for (int i = 0; i < pixels.length; i++) {
            values[from + i] = (pixels[i] & 0xFF) * (1 / 255f);
        }
        advance();
    }
}
