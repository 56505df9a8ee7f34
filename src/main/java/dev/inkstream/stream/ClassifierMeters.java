package dev.inkstream.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a classifier counts and measures. All meters are made beforehand: an image costs additions alone.
/// Thread-safe.
final class ClassifierMeters {
    /// From 5 ms, which nothing beats that is committed several times a second, to a backlog of minutes.
    private static final Duration[] LATENCIES = millis(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 10_000, 60_000);

    private static final Duration[] SWAPS = millis(1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 5_000);

    private static final Logger LOG = LoggerFactory.getLogger(ClassifierMeters.class);

    /// Classes whose predictions are counted one by one: with more, the series of one role would be too many.
    static final int MAX_CLASSES = 256;

    private final MeterRegistry registry;
    private final Counter images;
    private final Counter[] predictions;
    private final Timer sinceCapture;
    private final Timer sinceArrival;
    private final Timer swap;
    private final Counter refused;
    private final LateGauge version;
    private final LateGauge updated;

    ClassifierMeters(MeterRegistry registry, int classes) {
        this.registry = registry;
        images = Counter.builder("inkstream.images").register(registry);
        if (classes > MAX_CLASSES) {
            LOG.warn(
                    "/metrics has no inkstream_predictions_total: {} classes are more than {}; inkstream_images_total"
                            + " counts them all",
                    classes,
                    MAX_CLASSES);
        }
        predictions = IntStream.range(0, classes > MAX_CLASSES ? 0 : classes)
                .mapToObj(label -> Counter.builder("inkstream.predictions")
                        .tag("prediction", Integer.toString(label))
                        .register(registry))
                .toArray(Counter[]::new);
        sinceCapture = latency("capture");
        sinceArrival = latency("arrival");
        swap = Timer.builder("inkstream.model.swap")
                .serviceLevelObjectives(SWAPS)
                .register(registry);
        refused = Counter.builder("inkstream.snapshots.refused").register(registry);
        version = new LateGauge(registry, "inkstream.model.version", "");
        updated = new LateGauge(registry, "inkstream.model.updated.timestamp", "seconds");
    }

    private Timer latency(String since) {
        return Timer.builder("inkstream.prediction.latency")
                .tag("since", since)
                .serviceLevelObjectives(LATENCIES)
                .register(registry);
    }

    /// An image has been classified. Clocks differ between machines: what lies in the future took no time.
    ///
    /// @param label the prediction
    /// @param capturedMs when the image was taken
    /// @param arrivedMs its record's timestamp
    void predicted(int label, long capturedMs, long arrivedMs, long nowMs) {
        images.increment();
        if (predictions.length > 0) {
            predictions[label].increment();
        }
        sinceCapture.record(Math.max(0, nowMs - capturedMs), TimeUnit.MILLISECONDS);
        sinceArrival.record(Math.max(0, nowMs - arrivedMs), TimeUnit.MILLISECONDS);
    }

    /// A record on serving-weights is being read.
    Timer.Sample startSwap() {
        return Timer.start(registry);
    }

    /// It was a version, and classifies now.
    void swapped(Timer.Sample since, long version, long nowMs) {
        since.stop(swap);
        this.version.set((double) version);
        updated.set(nowMs / 1e3);
    }

    /// It was none that can be used.
    void refused() {
        refused.increment();
    }

    private static Duration[] millis(long... bounds) {
        return LongStream.of(bounds).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
    }
}
