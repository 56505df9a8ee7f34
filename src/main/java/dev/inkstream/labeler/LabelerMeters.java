package dev.inkstream.labeler;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/// Counts what becomes of labels, and what the labeler evicts. Thread-safe.
final class LabelerMeters {
    /// The labels' counter.
    static final String LABELS = "inkstream.labels";

    /// The counter of what was evicted before its window closed.
    static final String EVICTED = "inkstream.labeler.evicted";

    private final MeterRegistry registry;

    /// What becomes of a label. The names, in lower case, are the values of the counter's tag.
    enum LabelResult {
        JOINED,
        DUPLICATE,
        WITHOUT_IMAGE
    }

    /// Registers all counters, so that they begin with 0.
    LabelerMeters(MeterRegistry registry) {
        this.registry = registry;
        for (LabelResult result : LabelResult.values()) {
            counter(result);
        }
        for (HeldRecord.Kind kind : HeldRecord.Kind.values()) {
            counter(kind);
        }
    }

    void count(LabelResult result) {
        counter(result).increment();
    }

    void evicted(HeldRecord.Kind kind) {
        counter(kind).increment();
    }

    private Counter counter(LabelResult result) {
        return Counter.builder(LABELS)
                .description("labels that arrived without their images' pixels")
                .tag("outcome", lower(result))
                .register(registry);
    }

    private Counter counter(HeldRecord.Kind kind) {
        return Counter.builder(EVICTED)
                .description("records evicted before their window closed, because the memory was full")
                .tag("held", lower(kind))
                .register(registry);
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
