package dev.inkstream.dataset;

import dev.inkstream.record.ImageRecord;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Columns and rows of an image: the sizes that [ImageRecord] takes.
///
/// @param width in pixels, 1 to [ImageRecord#MAX_SIDE]
/// @param height in pixels, 1 to [ImageRecord#MAX_SIDE]
public record ImageSize(int width, int height) {
    /// MNIST's size, and that of drawn digits.
    public static final ImageSize MNIST = new ImageSize(28, 28);

    /// What [#parse(String)] reads, as the end of a sentence.
    public static final String FORM = "columns x rows, like 28x28";

    private static final Pattern SIDES = Pattern.compile("(\\d{1,4})x(\\d{1,4})");

    public ImageSize {
        if (!isInRange(width, height)) {
            throw new IllegalArgumentException("image size is " + width + "x" + height + "; " + ImageRecord.SIDES);
        }
    }

    /// Reads what [#toString()] writes; empty for what is not of that form.
    ///
    /// @throws IllegalArgumentException if a side is out of range
    public static Optional<ImageSize> parse(String text) {
        Matcher sides = SIDES.matcher(text);
        return sides.matches()
                ? Optional.of(new ImageSize(Integer.parseInt(sides.group(1)), Integer.parseInt(sides.group(2))))
                : Optional.empty();
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
