package dev.inkstream.live;

import dev.inkstream.record.Label;
import dev.inkstream.record.LiveEvaluation;
import dev.inkstream.record.LiveEvaluation.Unmatched;
import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.Prediction;
import dev.inkstream.record.Sha256;
import dev.inkstream.stream.JoinClock;
import dev.inkstream.stream.Pipeline;
import dev.inkstream.stream.Samples;
import dev.inkstream.stream.Topologies;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.streams.test.TestRecord;

/// The evaluator's topology in a driver: predictions and labels in, at seconds from a start, and out what is published.
final class LivePipeline implements AutoCloseable {
    private static final Instant START = Instant.parse("2026-11-23T05:00:00Z");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Pipeline pipeline;

    LivePipeline(LiveSettings settings) {
        pipeline = new Pipeline(Topologies.evaluator(settings, meters));
    }

    /// Labels wait ten minutes, windows are of one.
    static LiveSettings settings(long maxBytes, Duration driftDelay) {
        return new LiveSettings(Duration.ofMinutes(10), Duration.ofMinutes(1), maxBytes, 0.002, driftDelay, 1);
    }

    Pipeline pipeline() {
        return pipeline;
    }

    SimpleMeterRegistry meters() {
        return meters;
    }

    @Override
    public void close() {
        pipeline.close();
    }

    /// What is published of a window, without the confusion matrix; `version` is null for none.
    record Published(long start, Long version, long examples, long correct, Unmatched unmatched) {}

    List<Published> published() {
        return evaluations().stream()
                .map(TestRecord::value)
                .map(live -> new Published(
                        Duration.between(START, live.window().start()).toSeconds(),
                        live.version().equals(OptionalLong.empty())
                                ? null
                                : live.version().getAsLong(),
                        live.confusion().examples(),
                        live.confusion().correct(),
                        live.unmatched()))
                .toList();
    }

    List<TestRecord<String, LiveEvaluation>> evaluations() {
        return pipeline.records(
                Samples.TOPICS.liveEvaluations().name(),
                Samples.SERDES.liveEvaluation().deserializer());
    }

    double unmatched(String reason) {
        return meters.counter("inkstream.live.unmatched", "reason", reason).count();
    }

    void predict(String id, int label, long version, double second) {
        pipe(Samples.TOPICS.predictions().name(), id, prediction(Samples.MODEL, id, label, version), at(second));
    }

    static byte[] prediction(String model, String id, int label, long version) {
        return Samples.SERDES
                .prediction()
                .serializer()
                .serialize(
                        "any",
                        new Prediction(
                                id,
                                label,
                                new float[label + 1],
                                new ModelVersion(model, version, Sha256.of(new byte[0])),
                                new Prediction.Position(0, 0),
                                START));
    }

    void label(String id, int label, double second) {
        pipe(
                Samples.TOPICS.labels().name(),
                id,
                Samples.SERDES.label().serializer().serialize("any", new Label(label, START)),
                at(second));
    }

    /// Until the record has reached the join.
    private void pipe(String topic, String id, byte[] value, Instant time) {
        pipeline.pipe(topic, id, value, time);
        pipeline.advanceWallClock(CollectEventsProcessor.EVERY);
    }

    /// Advances stream time to a second, with a prediction whose own window does not end: it is sent again and again
    /// until labels have been quiet for long enough.
    void end(double second) {
        predict("end", 0, 99, second);
        for (long waited = 0; waited < JoinClock.PATIENCE.toMillis(); waited += JoinClock.LONGEST_STEP.toMillis()) {
            pipeline.advanceWallClock(JoinClock.LONGEST_STEP);
            predict("end", 0, 99, second);
        }
    }

    static Instant at(double second) {
        return START.plusMillis(Math.round(second * 1_000));
    }
}
