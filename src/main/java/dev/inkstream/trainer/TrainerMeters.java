package dev.inkstream.trainer;

import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.runtime.LateGauge;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToDoubleFunction;

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
    private final LateGauge version;
    private final LateGauge updated;
    private final AtomicBoolean gradientNormKnown = new AtomicBoolean();
    private volatile boolean gradientNormWanted = true;
    private volatile double gradientNorm;

    /// @param learningRate of the optimizer, which follows no schedule
    TrainerMeters(MeterRegistry registry, float learningRate) {
        this.registry = registry;
        examples = counter("inkstream.examples.trained");
        miniBatches = counter("inkstream.mini.batches");
        correct = prequential("correct");
        wrong = prequential("wrong");
        published = counter("inkstream.snapshots.published");
        loss = new LateGauge(registry, "inkstream.training.loss", "");
        size = new LateGauge(registry, "inkstream.snapshot.size", "bytes");
        version = new LateGauge(registry, "inkstream.model.version", "");
        updated = new LateGauge(registry, "inkstream.model.updated.timestamp", "seconds");
        // As it was written: a float's nearest double would show digits that nobody chose.
        double decimal = Double.parseDouble(Float.toString(learningRate));
        gauge("inkstream.learning.rate", meters -> decimal);
    }

    private Counter counter(String name) {
        return Counter.builder(name).register(registry);
    }

    private Counter prequential(String outcome) {
        return Counter.builder("inkstream.prequential").tag("outcome", outcome).register(registry);
    }

    private void gauge(String name, ToDoubleFunction<TrainerMeters> value) {
        Gauge.builder(name, this, value).strongReference(true).register(registry);
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
                if (!gradientNormKnown.getAndSet(true)) {
                    gauge("inkstream.gradient.norm", TrainerMeters::lookAtGradientNorm);
                }
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
        version(snapshot.id().version(), nowMs);
    }

    /// Training goes on from a version published before: from now on it is this instance's last.
    void resumed(long version, long nowMs) {
        version(version, nowMs);
    }

    private void version(long number, long nowMs) {
        version.set((double) number);
        updated.set(nowMs / 1e3);
    }
}
