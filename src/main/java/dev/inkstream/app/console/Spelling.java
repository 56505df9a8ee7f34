package dev.inkstream.app.console;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/// Finds the name that was probably meant.
public final class Spelling {
    private Spelling() {}

    /// The candidate that the fewest changes lead to: a letter put in, left out or replaced, or two neighbors swapped.
    /// Empty if even that one needs a change for more than every third letter.
    public static Optional<String> nearest(String word, Stream<String> candidates) {
        return candidates
                .filter(candidate -> changes(word, candidate) <= Math.max(word.length(), candidate.length()) / 3)
                .min(Comparator.<String>comparingInt(candidate -> changes(word, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /// The optimal string alignment distance.
    static int changes(String from, String to) {
        int[][] changes = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                changes[i][j] = i == 0 || j == 0 ? i + j : step(changes, i, j, from, to);
            }
        }
        return changes[from.length()][to.length()];
    }

    private static int step(int[][] changes, int i, int j, String from, String to) {
        int replaced = changes[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        int least = Math.min(replaced, Math.min(changes[i - 1][j], changes[i][j - 1]) + 1);
        boolean swapped =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(least, changes[i - 2][j - 2] + 1) : least;
    }
}
