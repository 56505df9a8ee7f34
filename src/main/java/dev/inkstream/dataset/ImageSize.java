package dev.inkstream.dataset;

/// Columns and rows of an image.
///
/// @param width in pixels, `[1, 256]`
/// @param height in pixels, `[1, 256]`
public record ImageSize(int width, int height) {
    /// The longest side an image may have.
    static final int MAX_SIDE = 256;

    /// MNIST's size, and that of drawn digits.
    public static final ImageSize MNIST = new ImageSize(28, 28);

    public ImageSize {
        check("width", width);
        check("height", height);
    }

    /// How many pixels an image of this size has.
    public int pixels() {
        return width * height;
    }

    @Override
    public String toString() {
        return width + "x" + height;
    }

    private static void check(String name, int value) {
        if (value < 1 || value > MAX_SIDE) {
            throw new IllegalArgumentException(name + " is " + value + ", expected 1 to " + MAX_SIDE);
        }
    }
}
