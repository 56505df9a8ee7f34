package dev.inkstream.classifier;

import dev.inkstream.record.RejectReason;
import dev.inkstream.stream.runtime.LateGauge;
import dev.inkstream.stream.runtime.VersionGauges;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a classifier counts and measures. All meters are made beforehand: an image increments two counters and
/// records two times, and looks none of them up. Thread-safe.
final class ClassifierMeters {
    /// From 5 ms, a live stream that waits for nothing, to a backlog of a minute.
    private static final Duration[] LATENCIES = millis(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 10_000, 60_000);

    private static final Duration[] SWAPS = millis(1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 5_000);

    private static final Logger LOG = LoggerFactory.getLogger(ClassifierMeters.class);

    /// Classes whose predictions are counted one by one: with more, the series of one role would be too many.
    static final int MAX_CLASSES = 256;

    /// The reason of a refusal because the schema registry does not answer.
    static final String NO_REGISTRY = "NO_REGISTRY";

    /// Registered beforehand, so that each begins with 0: `increase()` does not see the first of a series that begins
    /// with it.
    private static final List<String> REFUSALS = Stream.concat(
                    Stream.of(
                                    RejectReason.NULL_KEY,
                                    RejectReason.LONG_KEY,
                                    RejectReason.NULL_VALUE,
                                    RejectReason.TOO_LARGE,
                                    RejectReason.BAD_TIMESTAMP,
                                    RejectReason.UNDECODABLE,
                                    RejectReason.UNKNOWN_SCHEMA,
                                    RejectReason.BAD_SNAPSHOT,
                                    RejectReason.BACKWARDS,
                                    RejectReason.UNSIGNED,
                                    RejectReason.UNTRUSTED_KEY,
                                    RejectReason.BAD_SIGNATURE)
                            .map(RejectReason::name),
                    Stream.of(NO_REGISTRY))
            .toList();

    private final MeterRegistry registry;
    private final Counter images;
    private final Counter[] predictions;
    private final Timer sinceCapture;
    private final Timer sinceArrival;
    private final Timer swap;
    private final VersionGauges version;
    private final LateGauge shadow;

    ClassifierMeters(MeterRegistry registry, int classes) {
        this.registry = registry;
        images = counter("inkstream.images", "records read from images");
        if (classes > MAX_CLASSES) {
            LOG.warn(
                    "/metrics has no inkstream_predictions_total: {} classes are more than {};"
                            + " inkstream_classification_latency_seconds_count counts them all",
                    classes,
                    MAX_CLASSES);
        }
        predictions = IntStream.range(0, classes > MAX_CLASSES ? 0 : classes)
                .mapToObj(label -> Counter.builder("inkstream.predictions")
                        .description("predictions written, by class")
                        .tag("prediction", Integer.toString(label))
                        .register(registry))
                .toArray(Counter[]::new);
        sinceCapture = latency("capture");
        sinceArrival = latency("arrival");
        swap = Timer.builder("inkstream.model.swap")
                .description("time to decode, verify and swap in a version")
                .serviceLevelObjectives(SWAPS)
                .register(registry);
        REFUSALS.forEach(this::refusals);
        version = new VersionGauges(registry);
        shadow = new LateGauge(
                registry, "inkstream.shadow.version", "version that runs beside the serving one on every image");
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    private Counter refusals(String reason) {
        return Counter.builder("inkstream.snapshots.refused")
                .description("records on serving-weights that the classifier refused, by reason")
                .tag("reason", reason)
                .register(registry);
    }

    private Timer latency(String since) {
        return Timer.builder("inkstream.classification.latency")
                .description("time from the image's capture, or from its record timestamp, to its prediction")
                .tag("since", since)
                .serviceLevelObjectives(LATENCIES)
                .register(registry);
    }

    /// Counts each record of `images` before the processor sees it.
    ProcessorSupplier<byte[], byte[], Object, Object> counted(
            ProcessorSupplier<byte[], byte[], Object, Object> decode) {
        return () -> new CountedProcessor(images, decode.get());
    }

    /// A prediction has been handed to the sink; the next commit makes it readable. Clocks differ between machines:
    /// what lies in the future took no time.
    ///
    /// @param label the prediction
    /// @param capturedMs when the image was taken
    /// @param arrivedMs its record's timestamp
    void predicted(int label, long capturedMs, long arrivedMs, long nowMs) {
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
        this.version.set(version, nowMs);
    }

    /// A version runs beside the one that serves, or none does.
    void shadow(OptionalLong version) {
        shadow.set(version.isPresent() ? version.getAsLong() : Double.NaN);
    }

    /// It was none that can be used.
    ///
    /// @param reason one of [RejectReason], or [#NO_REGISTRY]
    void refused(String reason) {
        refusals(reason).increment();
    }

    private static Duration[] millis(long... bounds) {
        return LongStream.of(bounds).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
    }
}
