package dev.inkstream.live;

import dev.inkstream.record.ConfusionMatrix;
import dev.inkstream.record.LiveEvaluation.Unmatched;
import dev.inkstream.record.StateFormat;
import dev.inkstream.record.StateReader;
import dev.inkstream.record.StateWriter;
import java.nio.ByteBuffer;

/// Counts of one version in one window. Not thread-safe.
final class LiveCounts {
    private static final StateFormat FORMAT = StateFormat.first("evaluator's state live-windows");

    /// Of an index below 8,192 and a count below a million.
    private static final int ENTRY_BYTES = 5;

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

    /// Adds the counts of another to these.
    LiveCounts plus(LiveCounts other) {
        lateLabels += other.lateLabels;
        duplicateLabels += other.duplicateLabels;
        predictionsWithoutLabel += other.predictionsWithoutLabel;
        labelsWithoutPrediction += other.labelsWithoutPrediction;
        for (int i = 0; i < confusion.length; i++) {
            confusion[i] += other.confusion[i];
        }
        return this;
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
        StateWriter out = FORMAT.writer(ENTRY_BYTES * entries)
                .number(lateLabels)
                .number(duplicateLabels)
                .number(predictionsWithoutLabel)
                .number(labelsWithoutPrediction)
                .array(entries);
        for (int i = 0; i < confusion.length; i++) {
            if (confusion[i] != 0) {
                out.number(i).number(confusion[i]);
            }
        }
        return out.end().toBytes();
    }

    /// @throws dev.inkstream.record.StateFormatException if the bytes are no counts
    static LiveCounts fromBytes(byte[] bytes, int classes) {
        if (StateFormat.isUnversioned(bytes)) {
            return unversioned(ByteBuffer.wrap(bytes), classes);
        }
        return FORMAT.read(bytes, in -> versioned(in, classes));
    }

    private static LiveCounts versioned(StateReader in, int classes) {
        LiveCounts counts = new LiveCounts(classes);
        counts.lateLabels = in.number();
        counts.duplicateLabels = in.number();
        counts.predictionsWithoutLabel = in.number();
        counts.labelsWithoutPrediction = in.number();
        int entries = in.array();
        for (int i = 0; i < entries; i++) {
            counts.confusion[in.smallNumber()] = in.number();
        }
        if (entries > 0) {
            in.end();
        }
        return counts;
    }

    private static LiveCounts unversioned(ByteBuffer in, int classes) {
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
