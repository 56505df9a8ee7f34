package dev.inkstream.labeler;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/// Counts what becomes of labels, and what had to be forgotten early. Thread-safe.
///
/// @param meters where they are counted
record LabelerMeters(MeterRegistry meters) {
    /// The labels' counter.
    static final String LABELS = "inkstream.labels";

    /// The counter of what was forgotten before its window closed.
    static final String EVICTED = "inkstream.labeler.evicted";

    /// What becomes of a label. The names, in lower case, are the values of the counter's tag.
    enum LabelResult {
        JOINED,
        DUPLICATE,
        WITHOUT_IMAGE
    }

    /// All counters are there from the start, at zero.
    LabelerMeters {
        for (LabelResult outcome : LabelResult.values()) {
            meters.counter(LABELS, "outcome", lower(outcome));
        }
        for (HeldRecord.Kind kind : HeldRecord.Kind.values()) {
            meters.counter(EVICTED, "held", lower(kind));
        }
    }

    void count(LabelResult outcome) {
        meters.counter(LABELS, "outcome", lower(outcome)).increment();
    }

    void evicted(HeldRecord.Kind kind) {
        meters.counter(EVICTED, "held", lower(kind)).increment();
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
