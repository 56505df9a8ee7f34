package dev.inkstream.labeler;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// Counts what becomes of labels, and what the labeler evicts. Thread-safe.
final class LabelerMeters {
    /// The labels' counter.
    static final String LABELS = "inkstream.labels";

    /// The counter of what was evicted before its window closed.
    static final String EVICTED = "inkstream.labeler.evicted";

    private final Map<LabelResult, Counter> results = new EnumMap<>(LabelResult.class);
    private final Map<HeldRecord.Kind, Counter> evicted = new EnumMap<>(HeldRecord.Kind.class);

    /// What becomes of a label. The names, in lower case, are the values of the counter's tag.
    enum LabelResult {
        JOINED,
        DUPLICATE,
        WITHOUT_IMAGE
    }

    /// Registers all counters, so that they begin with 0.
    LabelerMeters(MeterRegistry registry) {
        for (LabelResult result : LabelResult.values()) {
            results.put(result, counter(registry, result));
        }
        for (HeldRecord.Kind kind : HeldRecord.Kind.values()) {
            evicted.put(kind, counter(registry, kind));
        }
    }

    void count(LabelResult result) {
        Objects.requireNonNull(results.get(result)).increment();
    }

    void evicted(HeldRecord.Kind kind) {
        Objects.requireNonNull(evicted.get(kind)).increment();
    }

    private static Counter counter(MeterRegistry registry, LabelResult result) {
        return Counter.builder(LABELS)
                .description("labels that arrived without their images' pixels")
                .tag("outcome", lower(result))
                .register(registry);
    }

    private static Counter counter(MeterRegistry registry, HeldRecord.Kind kind) {
        return Counter.builder(EVICTED)
                .description("records evicted before their window closed, because the memory was full")
                .tag("held", lower(kind))
                .register(registry);
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
