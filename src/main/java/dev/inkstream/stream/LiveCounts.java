package dev.inkstream.stream;

import dev.inkstream.record.ConfusionMatrix;
import dev.inkstream.record.LiveEvaluation.Unmatched;
import java.nio.ByteBuffer;

/// Counts of one version in one window. Not thread-safe.
final class LiveCounts {
    private final int classes;
    /// Entry `label * classes + prediction`.
    private final long[] confusion;

    long lateLabels;
    long duplicateLabels;
    long predictionsWithoutLabel;
    long labelsWithoutPrediction;

    LiveCounts(int classes) {
        this.classes = classes;
        this.confusion = new long[classes * classes];
    }

    void outcome(int label, int prediction) {
        confusion[label * classes + prediction]++;
    }

    ConfusionMatrix confusion() {
        return ConfusionMatrix.of(classes, confusion);
    }

    Unmatched unmatched() {
        return new Unmatched(lateLabels, duplicateLabels, predictionsWithoutLabel, labelsWithoutPrediction);
    }

    /// The four counts, then index and count of each entry that is not 0.
    byte[] toBytes() {
        int entries = 0;
        for (long count : confusion) {
            entries += count == 0 ? 0 : 1;
        }
        ByteBuffer bytes = ByteBuffer.allocate(4 * Long.BYTES + entries * (Integer.BYTES + Long.BYTES))
                .putLong(lateLabels)
                .putLong(duplicateLabels)
                .putLong(predictionsWithoutLabel)
                .putLong(labelsWithoutPrediction);
        for (int i = 0; i < confusion.length; i++) {
            if (confusion[i] != 0) {
                bytes.putInt(i).putLong(confusion[i]);
            }
        }
        return bytes.array();
    }

    static LiveCounts fromBytes(byte[] bytes, int classes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        LiveCounts counts = new LiveCounts(classes);
        counts.lateLabels = in.getLong();
        counts.duplicateLabels = in.getLong();
        counts.predictionsWithoutLabel = in.getLong();
        counts.labelsWithoutPrediction = in.getLong();
        while (in.hasRemaining()) {
            counts.confusion[in.getInt()] = in.getLong();
        }
        return counts;
    }
}
