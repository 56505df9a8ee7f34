package dev.inkstream.dataset;

import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;

/// Finds out whether the pictures of a set are dark on light, by the borders of some of them. Not thread-safe.
///
/// A picture's ground is its border. If most of the border is transparent, the ink is what is opaque; otherwise the
/// ink is what differs from the border. A picture without ink has no vote.
final class GroundVote {
    /// How many pictures of a set are looked at.
    static final int SAMPLE = 500;

    private static final int MIDDLE = 128;

    private int light;
    private int dark;
    private int transparent;

    void add(Picture picture) {
        Levels border = Levels.of(picture, true);
        Levels all = Levels.of(picture, false);
        if (border.meanAlpha() < MIDDLE) {
            if (all.alpha() > 0) {
                transparent++;
                count(all.meanVisible() < MIDDLE);
            }
        } else if (all.meanVisible() != border.meanVisible()) {
            count(border.meanVisible() >= MIDDLE && all.meanVisible() < border.meanVisible());
        }
    }

    private void count(boolean darkInk) {
        if (darkInk) {
            dark++;
        } else {
            light++;
        }
    }

    /// Whether the set is dark on light, and so is to be inverted.
    ///
    /// @param notices takes a line on what was found and done, unless the pictures are light on dark
    boolean decided(Path directory, Consumer<String> notices) {
        String notice = notice(directory);
        if (!notice.isEmpty()) {
            notices.accept(notice);
        }
        return darkInk();
    }

    /// At least two of three pictures are dark on light.
    private boolean darkInk() {
        return dark > 0 && dark >= 2 * light;
    }

    private String notice(Path directory) {
        boolean clear = 2 * transparent > light + dark;
        if (darkInk()) {
            return String.format(
                    Locale.ROOT,
                    "The pictures in %s are dark on %s (%,d of the %,d checked) and are inverted to light on dark."
                            + " Images that other producers send to Kafka must be light on dark too;"
                            + " --polarity light-on-dark keeps the pictures unchanged.",
                    directory,
                    clear ? "a transparent ground" : "light",
                    dark,
                    light + dark);
        }
        if (2 * dark > light) {
            return String.format(
                    Locale.ROOT,
                    "%,d of the %,d pictures checked in %s are dark on light, the others light on dark: none is"
                            + " inverted. Make them alike, or set --polarity.",
                    dark,
                    light + dark,
                    directory);
        }
        return clear
                ? "The pictures in " + directory + " are light on a transparent ground: the ground is read as black."
                : "";
    }

    /// Sums over pixels.
    ///
    /// @param count of pixels
    /// @param alpha sum of opacity
    /// @param visible sum of grey times opacity
    private record Levels(long count, long alpha, long visible) {
        static Levels of(Picture picture, boolean borderOnly) {
            ImageSize size = picture.size();
            long count = 0;
            long alpha = 0;
            long visible = 0;
            for (int i = 0; i < size.pixels(); i++) {
                if (!borderOnly || isBorder(size, i)) {
                    int opacity = Byte.toUnsignedInt(picture.alpha()[i]);
                    count++;
                    alpha += opacity;
                    visible += (long) opacity * Byte.toUnsignedInt(picture.grey()[i]);
                }
            }
            return new Levels(count, alpha, visible);
        }

        private static boolean isBorder(ImageSize size, int i) {
            int x = i % size.width();
            int y = i / size.width();
            return x == 0 || y == 0 || x == size.width() - 1 || y == size.height() - 1;
        }

        double meanAlpha() {
            return (double) alpha / count;
        }

        /// Mean grey of what is opaque.
        double meanVisible() {
            return (double) visible / alpha;
        }
    }
}
