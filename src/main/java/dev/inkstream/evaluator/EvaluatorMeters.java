package dev.inkstream.evaluator;

import dev.inkstream.record.Evaluation;
import dev.inkstream.stream.runtime.LateGauge;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/// What an evaluator counts and measures on the holdout images. Thread-safe.
final class EvaluatorMeters {
    private final Counter promoted;
    private final LateGauge accuracy;
    private final LateGauge loss;
    private final LateGauge version;

    EvaluatorMeters(MeterRegistry registry) {
        promoted = Counter.builder("inkstream.snapshots.promoted")
                .description("versions promoted to serving-weights")
                .register(registry);
        accuracy = new LateGauge(
                registry,
                "inkstream.holdout.accuracy.ratio",
                "share of holdout images that the last version classified correctly");
        loss = new LateGauge(registry, "inkstream.holdout.loss", "mean loss of the last version on the holdout images");
        version = new LateGauge(registry, "inkstream.holdout.version", "version of the holdout accuracy and loss");
    }

    /// A version has been scored. Without holdout images there is no accuracy to speak of.
    void evaluated(Evaluation evaluation) {
        boolean scored = evaluation.confusion().examples() > 0;
        accuracy.set(scored ? evaluation.accuracy() : Double.NaN);
        loss.set(scored ? evaluation.meanLoss() : Double.NaN);
        version.set((double) evaluation.id().version());
        if (evaluation.promoted()) {
            promoted.increment();
        }
    }
}
