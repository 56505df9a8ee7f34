package dev.inkstream.dataset;

import dev.inkstream.record.ImageRecord;

/// Columns and rows of an image: the sizes that [ImageRecord] takes.
///
/// @param width in pixels, 1 to [ImageRecord#MAX_SIDE]
/// @param height in pixels, 1 to [ImageRecord#MAX_SIDE]
public record ImageSize(int width, int height) {
    /// MNIST's size, and that of drawn digits.
    public static final ImageSize MNIST = new ImageSize(28, 28);

    public ImageSize {
        if (!isInRange(width, height)) {
            throw new IllegalArgumentException("image size is " + width + "x" + height + "; " + ImageRecord.SIDES);
        }
    }

    /// Whether both sides are such that an image may have them.
    static boolean isInRange(int width, int height) {
        return width >= 1 && width <= ImageRecord.MAX_SIDE && height >= 1 && height <= ImageRecord.MAX_SIDE;
    }

    /// How many pixels an image of this size has.
    public int pixels() {
        return width * height;
    }

    @Override
    public String toString() {
        return width + "x" + height;
    }
}
