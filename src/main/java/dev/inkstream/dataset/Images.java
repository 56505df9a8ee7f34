package dev.inkstream.dataset;

import java.util.Arrays;
import java.util.Objects;

/// A finite set of labeled grey images of one size. Immutable and thread-safe; equal by content.
///
/// Pixels are unsigned bytes, row by row from the top left; 0 is background, 255 full ink. All images lie in one
/// array, and a [#slice] shares it: slicing copies nothing.
public final class Images {
    /// Shape `[..][height][width]`; image `i` starts at `(from + i) * imageLength`.
    private final byte[] pixels;
    /// Shape `[..]`; the label of image `i` is at `from + i`.
    private final int[] labels;

    private final int from;
    private final int size;
    private final ImageSize imageSize;
    private final Classes classes;

    private Images(byte[] pixels, int[] labels, int from, int size, ImageSize imageSize, Classes classes) {
        this.pixels = pixels;
        this.labels = labels;
        this.from = from;
        this.size = size;
        this.imageSize = imageSize;
        this.classes = classes;
    }

    /// Images from copies of the given arrays.
    ///
    /// @param pixels `labels.length * height * width` unsigned bytes
    /// @param labels one per image, each in `[0, classes)`
    /// @throws IllegalArgumentException if a label or the length of `pixels` is out of range
    public static Images of(byte[] pixels, int[] labels, ImageSize imageSize, Classes classes) {
        return owning(pixels.clone(), labels.clone(), imageSize, classes);
    }

    /// As [#of], but keeps the arrays; the caller must not touch them again.
    static Images owning(byte[] pixels, int[] labels, ImageSize imageSize, Classes classes) {
        long expected = (long) labels.length * imageSize.pixels();
        if (pixels.length != expected) {
            throw new IllegalArgumentException("pixels has " + pixels.length + " bytes; it must have " + expected
                    + " for " + labels.length + " images of " + imageSize);
        }
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= classes.count()) {
                throw new IllegalArgumentException(
                        "label " + i + " is " + labels[i] + "; it must be 0 to " + (classes.count() - 1));
            }
        }
        return new Images(pixels, labels, 0, labels.length, imageSize, classes);
    }

    /// How many images there are.
    public int size() {
        return size;
    }

    /// Columns of each image.
    public int width() {
        return imageSize.width();
    }

    /// Rows of each image.
    public int height() {
        return imageSize.height();
    }

    /// Columns and rows of each image.
    public ImageSize imageSize() {
        return imageSize;
    }

    /// How many classes the labels are drawn from, 10 for digits.
    public int classes() {
        return classes.count();
    }

    /// The classes the labels are drawn from, by name.
    public Classes classNames() {
        return classes;
    }

    /// How many of the classes have an image.
    long distinctLabels() {
        return Arrays.stream(labels, from, from + size).distinct().count();
    }

    /// Whether any pixel of any image is not 0.
    boolean hasInk() {
        for (int i = start(); i < end(); i++) {
            if (pixels[i] != 0) {
                return true;
            }
        }
        return false;
    }

    /// A copy of the pixels of image `i`, shape `[height][width]`.
    ///
    /// @throws IndexOutOfBoundsException if `i` is not in `[0, size())`
    public byte[] pixels(int i) {
        int start = (from + Objects.checkIndex(i, size)) * imageSize.pixels();
        return Arrays.copyOfRange(pixels, start, start + imageSize.pixels());
    }

    /// The label of image `i`, in `[0, classes())`.
    ///
    /// @throws IndexOutOfBoundsException if `i` is not in `[0, size())`
    public int label(int i) {
        return labels[from + Objects.checkIndex(i, size)];
    }

    /// A copy of the pixels of all images, one after the other.
    byte[] allPixels() {
        return Arrays.copyOfRange(pixels, start(), end());
    }

    /// A copy of all labels.
    int[] allLabels() {
        return Arrays.copyOfRange(labels, from, from + size);
    }

    /// The images from `fromInclusive` up to, not including, `toExclusive`.
    ///
    /// @throws IndexOutOfBoundsException if the range does not lie within `[0, size()]`
    public Images slice(int fromInclusive, int toExclusive) {
        Objects.checkFromToIndex(fromInclusive, toExclusive, size);
        return new Images(pixels, labels, from + fromInclusive, toExclusive - fromInclusive, imageSize, classes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Images that
                && imageSize.equals(that.imageSize)
                && classes.equals(that.classes)
                && Arrays.equals(labels, from, from + size, that.labels, that.from, that.from + that.size)
                && Arrays.equals(pixels, start(), end(), that.pixels, that.start(), that.end());
    }

    @Override
    public int hashCode() {
        int hash = Objects.hash(size, imageSize, classes);
        for (int i = from; i < from + size; i++) {
            hash = 31 * hash + labels[i];
        }
        return hash;
    }

    @Override
    public String toString() {
        return size + " images of " + imageSize + " in " + classes.count() + " classes";
    }

    private int start() {
        return from * imageSize.pixels();
    }

    private int end() {
        return (from + size) * imageSize.pixels();
    }
}
