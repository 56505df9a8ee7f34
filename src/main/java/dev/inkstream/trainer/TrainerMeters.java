package dev.inkstream.trainer;

import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.runtime.LateGauge;
import dev.inkstream.stream.runtime.VersionGauges;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/// What a trainer counts and measures. What it trains again after a restart was counted before and is not counted
/// again. Thread-safe.
final class TrainerMeters {
    private final MeterRegistry registry;
    private final Counter examples;
    private final Counter miniBatches;
    private final Counter correct;
    private final Counter wrong;
    private final Counter published;
    private final LateGauge loss;
    private final LateGauge size;
    private final VersionGauges version;
    private volatile boolean gradientNormWanted = true;
    private volatile double gradientNorm = Double.NaN;

    /// @param learningRate of the optimizer, which follows no schedule
    TrainerMeters(MeterRegistry registry, float learningRate) {
        this.registry = registry;
        examples = counter("inkstream.examples.trained", "labeled images trained on");
        miniBatches = counter("inkstream.mini.batches", "mini-batches trained");
        correct = prequential("correct");
        wrong = prequential("wrong");
        published = counter("inkstream.snapshots.published", "versions published");
        loss = new LateGauge(
                registry,
                "inkstream.training.loss",
                "mean loss of the examples of the last version, each computed before training on it");
        size = new LateGauge(registry, "inkstream.snapshot.size.bytes", "size of the last version's parameters");
        version = new VersionGauges(registry);
        // As it was written: a float's nearest double would show digits that nobody chose.
        double decimal = Double.parseDouble(Float.toString(learningRate));
        new LateGauge(registry, "inkstream.learning.rate", "learning rate").set(decimal);
        Gauge.builder("inkstream.gradient.norm", this, TrainerMeters::lookAtGradientNorm)
                .description("Euclidean norm of the mean gradient of a mini-batch, the first since the last scrape")
                .strongReference(true)
                .register(registry);
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    private Counter prequential(String outcome) {
        return Counter.builder("inkstream.prequential")
                .description("labeled images, each tested before training on it")
                .tag("outcome", outcome)
                .register(registry);
    }

    private double lookAtGradientNorm() {
        gradientNormWanted = true;
        return gradientNorm;
    }

    /// An example has been trained on for the first time.
    void trained(Training training) {
        examples.increment();
        (training.lastWasCorrect() ? correct : wrong).increment();
        if (training.betweenMiniBatches()) {
            miniBatches.increment();
            // It takes a look at every parameter, so it is computed once for each look at the gauge.
            if (gradientNormWanted) {
                gradientNormWanted = false;
                gradientNorm = training.gradientNorm();
            }
        }
    }

    /// A version is going out.
    void published(WeightSnapshot snapshot, long nowMs) {
        published.increment();
        size.set(snapshot.parameters().length);
        if (snapshot.progress().recent().examples() > 0) {
            loss.set(snapshot.progress().recent().meanLoss());
        }
        version.set(snapshot.id().version(), nowMs);
    }

    /// Training resumes from a published version: it becomes this instance's latest.
    void resumed(long version, long nowMs) {
        this.version.set(version, nowMs);
    }
}
