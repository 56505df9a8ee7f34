package dev.inkstream.live;

import dev.inkstream.record.StateReader;
import dev.inkstream.record.StateWriter;
import java.util.List;

/// Something that the join found and that is counted once. Immutable.
///
/// @param time it belongs to, in milliseconds
/// @param version made the prediction; [LiveWindows#NO_VERSION] of labels without one
/// @param label true class of an outcome, else 0
/// @param prediction predicted class of an outcome, else 0
/// @param count how often; 1 of an outcome
/// @param shadow of an outcome; else [Shadow#NONE]
record Counted(Kind kind, long time, long version, int label, int prediction, int count, Shadow shadow) {
    /// What was found. The order is that of the schema.
    enum Kind {
        OUTCOME,
        LATE_LABEL,
        DUPLICATE_LABEL,
        PREDICTION_WITHOUT_LABEL,
        LABEL_WITHOUT_PREDICTION;

        private static final List<Kind> ALL = List.of(values());
    }

    static Counted outcome(long time, long version, int label, int prediction, Shadow shadow) {
        return new Counted(Kind.OUTCOME, time, version, label, prediction, 1, shadow);
    }

    /// One that is no outcome.
    static Counted unmatched(Kind kind, long time, long version, int count) {
        return new Counted(kind, time, version, 0, 0, count, Shadow.NONE);
    }

    /// How the shadow and the serving version did; of an outcome with a shadow alone.
    PairedOutcome paired() {
        return new PairedOutcome(version, shadow.version(), correct(), shadow.label() == label);
    }

    boolean correct() {
        return label == prediction;
    }

    void addTo(LiveCounts counts) {
        switch (kind) {
            case OUTCOME -> counts.outcome(label, prediction);
            case LATE_LABEL -> counts.lateLabels += count;
            case DUPLICATE_LABEL -> counts.duplicateLabels += count;
            case PREDICTION_WITHOUT_LABEL -> counts.predictionsWithoutLabel += count;
            case LABEL_WITHOUT_PREDICTION -> counts.labelsWithoutPrediction += count;
        }
    }

    void write(StateWriter out) {
        out.number(Kind.ALL.indexOf(kind))
                .number(time)
                .number(version)
                .number(label)
                .number(prediction)
                .number(count);
        shadow.write(out);
    }

    static Counted read(StateReader in) {
        return new Counted(
                in.oneOf(Kind.ALL),
                in.number(),
                in.number(),
                in.smallNumber(),
                in.smallNumber(),
                in.smallNumber(),
                in.version() == 1 ? Shadow.NONE : Shadow.read(in));
    }
}
