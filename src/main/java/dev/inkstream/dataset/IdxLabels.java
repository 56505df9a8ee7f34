package dev.inkstream.dataset;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the labels in a set's files stand for. Immutable.
///
/// @param classes null if the labels themselves give the number
/// @param first the label of the first class in the file
/// @param transposed whether the images are stored column by column
record IdxLabels(@Nullable Classes classes, int first, boolean transposed) {
    private static final String EMNIST = "emnist-";
    private static final String DIGITS = "0123456789";
    private static final String CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /// Classes of EMNIST's splits, as Cohen et al., "EMNIST: an extension of MNIST to handwritten letters" (2017), and
    /// the set's mapping files give them. Capital and small letters that look alike are one class but in `byclass`.
    private static final Map<String, String> SPLITS = Map.of(
            "letters",
            CAPITALS,
            "byclass",
            DIGITS + CAPITALS + "abcdefghijklmnopqrstuvwxyz",
            "bymerge",
            DIGITS + CAPITALS + "abdefghnqrt",
            "balanced",
            DIGITS + CAPITALS + "abdefghnqrt",
            "digits",
            DIGITS,
            "mnist",
            DIGITS);

    /// Of a set whose files' names begin with a prefix. EMNIST's images are transposed, and its letters begin with 1.
    static IdxLabels of(String prefix) {
        if (!prefix.startsWith(EMNIST)) {
            return new IdxLabels(null, 0, false);
        }
        String split = prefix.substring(EMNIST.length(), prefix.length() - 1);
        String names = SPLITS.get(split);
        return new IdxLabels(names == null ? null : Classes.ofCharacters(names), split.equals("letters") ? 1 : 0, true);
    }
}
