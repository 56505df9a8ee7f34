package dev.inkstream.record;

import java.util.Arrays;

/// Counts of label against prediction. Immutable: it copies what it is given.
public final class ConfusionMatrix {
    private final int classes;
    private final long[] counts;

    private ConfusionMatrix(int classes, long[] counts) {
        this.classes = classes;
        this.counts = counts;
    }

    /// @param classes number of classes, at least 1
    /// @param counts classes x classes counts, row by row: entry `label x classes + prediction`
    /// @throws InvalidRecordException if there are not classes x classes counts, or one is negative
    public static ConfusionMatrix of(int classes, long[] counts) {
        if (classes < 1 || counts.length != (long) classes * classes) {
            throw new InvalidRecordException(
                    RejectReason.UNDECODABLE,
                    "confusion matrix of " + classes + " classes has " + counts.length + " entries; it must have"
                            + " classes x classes, 1 or more");
        }
        if (Arrays.stream(counts).anyMatch(count -> count < 0)) {
            throw new InvalidRecordException(
                    RejectReason.UNDECODABLE, "a count of the confusion matrix is negative; it must be 0 or more");
        }
        return new ConfusionMatrix(classes, counts.clone());
    }

    /// Number of classes.
    public int classes() {
        return classes;
    }

    /// How many examples of `label` were predicted to be `prediction`; both 0 to classes - 1.
    public long count(int label, int prediction) {
        return counts[label * classes + prediction];
    }

    /// All examples.
    public long examples() {
        return Arrays.stream(counts).sum();
    }

    /// The examples on the diagonal.
    public long correct() {
        long correct = 0;
        for (int i = 0; i < classes; i++) {
            correct += count(i, i);
        }
        return correct;
    }

    /// A copy of the counts, row by row.
    public long[] counts() {
        return counts.clone();
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof ConfusionMatrix that && classes == that.classes && Arrays.equals(counts, that.counts);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(counts);
    }

    @Override
    public String toString() {
        return "ConfusionMatrix[" + correct() + " / " + examples() + "]";
    }
}
