package dev.inkstream.app.picture;

import dev.inkstream.dataset.ImageSize;
import dev.inkstream.dataset.Images;
import java.util.Arrays;

/// One image of a grid, and what is written under it. Immutable; equal by content.
///
/// @param pixels unsigned bytes, shape `[height][width]`; copied in and out
/// @param size columns and rows
/// @param caption a few characters, such as `7` or `4 ≠ 9`; may be empty
public record Tile(byte[] pixels, ImageSize size, String caption) {
    public Tile {
        if (pixels.length != size.pixels()) {
            throw new IllegalArgumentException(
                    "pixels has " + pixels.length + " bytes; it must have " + size.pixels() + " for " + size);
        }
        pixels = pixels.clone();
    }

    /// Image `i` of a set with the name of its class under it.
    public static Tile of(Images images, int i) {
        return new Tile(images.pixels(i), images.imageSize(), name(images, images.label(i)));
    }

    /// Image `i` of a set that was taken for something else: `4 ≠ 9` is a 4 taken for a 9.
    ///
    /// @param predicted the class it was taken for
    public static Tile misclassified(Images images, int i, int predicted) {
        return new Tile(
                images.pixels(i), images.imageSize(), name(images, images.label(i)) + " ≠ " + name(images, predicted));
    }

    private static String name(Images images, int label) {
        return images.classNames().name(label);
    }

    @Override
    public byte[] pixels() {
        return pixels.clone();
    }

    /// The pixel in column `x` and row `y`, 0 to 255.
    int pixel(int x, int y) {
        return Byte.toUnsignedInt(pixels[y * size.width() + x]);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tile that
                && size.equals(that.size)
                && caption.equals(that.caption)
                && Arrays.equals(pixels, that.pixels);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(pixels) + caption.hashCode();
    }
}
