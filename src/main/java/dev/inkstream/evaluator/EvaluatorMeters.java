package dev.inkstream.evaluator;

import dev.inkstream.record.Evaluation;
import dev.inkstream.record.ModelDecision;
import dev.inkstream.record.ModelDecision.Kind;
import dev.inkstream.record.ModelDecision.Mode;
import dev.inkstream.record.ModelDecision.Standing;
import dev.inkstream.stream.runtime.LateGauge;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/// What an evaluator counts and measures of versions and decisions. Thread-safe.
final class EvaluatorMeters {
    private final LateGauge accuracy;
    private final LateGauge loss;
    private final LateGauge version;
    private final Map<Kind, Counter> decisions = new EnumMap<>(Kind.class);
    private final LateGauge serving;
    private final LateGauge shadow;
    private final LateGauge published;
    private final LateGauge held;
    private final LateGauge pinned;
    private final AtomicInteger refusedInARow = new AtomicInteger();

    EvaluatorMeters(MeterRegistry registry) {
        accuracy = new LateGauge(
                registry,
                "inkstream.holdout.accuracy.ratio",
                "share of holdout images that the last version classified correctly");
        loss = new LateGauge(registry, "inkstream.holdout.loss", "mean loss of the last version on the holdout images");
        version = new LateGauge(registry, "inkstream.holdout.version", "version of the holdout accuracy and loss");
        for (Kind kind : EnumSet.complementOf(EnumSet.of(Kind.UNKNOWN))) {
            decisions.put(
                    kind,
                    Counter.builder("inkstream.decisions")
                            .description("decisions about versions, by kind")
                            .tag("kind", kind.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        serving = new LateGauge(registry, "inkstream.decided.serving.version", "version that the evaluator lets serve");
        shadow =
                new LateGauge(registry, "inkstream.decided.shadow.version", "version that runs beside the serving one");
        published = new LateGauge(registry, "inkstream.newest.version", "newest version that the evaluator has seen");
        held = new LateGauge(
                registry, "inkstream.promotions.held", "1 if a candidate must beat what was restored, else 0");
        pinned =
                new LateGauge(registry, "inkstream.promotions.pinned", "1 if an operator has pinned a version, else 0");
        Gauge.builder("inkstream.versions.refused.in.a.row", refusedInARow, AtomicInteger::get)
                .description(
                        "versions refused since the start or the last that was promoted, pinned or tried, while one serves")
                .strongReference(true)
                .register(registry);
    }

    /// A decision has been made.
    void decided(ModelDecision decision) {
        Objects.requireNonNull(decisions.get(decision.kind())).increment();
        switch (decision.kind()) {
            // Before the first serves, versions are refused because they have learned too little.
            case REFUSED ->
                refusedInARow.updateAndGet(count -> decision.after().serving().isPresent() ? count + 1 : 0);
            case PROMOTED, SHADOWED, PINNED -> refusedInARow.set(0);
            default -> {
                // Says nothing of what the trainer publishes now.
            }
        }
    }

    /// What serves, what runs beside it, and the newest version seen.
    void standing(Standing standing, long newest) {
        serving.set(standing.serving().isPresent() ? standing.serving().getAsLong() : Double.NaN);
        shadow.set(standing.shadow().isPresent() ? standing.shadow().getAsLong() : Double.NaN);
        published.set(newest < 0 ? Double.NaN : newest);
        held.set(standing.mode() == Mode.HELD ? 1 : 0);
        pinned.set(standing.mode() == Mode.PINNED ? 1 : 0);
    }

    /// A version has been scored. Without holdout images there is no accuracy to speak of.
    void evaluated(Evaluation evaluation) {
        boolean scored = evaluation.confusion().examples() > 0;
        accuracy.set(scored ? evaluation.accuracy() : Double.NaN);
        loss.set(scored ? evaluation.meanLoss() : Double.NaN);
        version.set((double) evaluation.id().version());
    }
}
