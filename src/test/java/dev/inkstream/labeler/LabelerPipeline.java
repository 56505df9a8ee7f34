package dev.inkstream.labeler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.record.Label;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.stream.JoinClock;
import dev.inkstream.stream.Pipeline;
import dev.inkstream.stream.Samples;
import dev.inkstream.stream.Topologies;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;

/// The labeler's topology in a driver, with a window of one hour: images and labels in, at minutes from a start.
public final class LabelerPipeline implements AutoCloseable {
    static final Instant START = Instant.parse("2026-11-24T00:00:00Z");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Pipeline pipeline;

    LabelerPipeline(long maxBytes) {
        pipeline = new Pipeline(Topologies.labeler(Duration.ofHours(1), maxBytes, meters));
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

    void image(String id, long number, long minute) {
        pipeline.pipe(
                Samples.TOPICS.images().name(),
                Samples.text(id),
                Samples.bytes(Samples.image(number)),
                new RecordHeaders(),
                at(minute));
    }

    void label(String id, int label, long minute) {
        labelAt(id, label, at(minute));
    }

    void labelAt(String id, int label, Instant time) {
        pipeline.pipe(
                Samples.TOPICS.labels().name(),
                Samples.text(id),
                Samples.bytes(new Label(label, START)),
                new RecordHeaders(),
                time);
    }

    /// Moves stream time on: an image, sent again and again until labels have been quiet for long enough.
    void passTo(long minute) {
        image("pass-" + minute, 0, minute);
        for (long waited = 0; waited < JoinClock.PATIENCE.toMillis(); waited += JoinClock.LONGEST_STEP.toMillis()) {
            pipeline.advanceWallClock(JoinClock.LONGEST_STEP);
            image("pass-" + minute, 0, minute);
        }
    }

    record Joined(String id, Instant time, LabeledImage value) {}

    static Joined joined(String id, long image, int label, long minute) {
        return new Joined(id, at(minute), new LabeledImage(Samples.image(image), label));
    }

    List<Joined> joined() {
        return pipeline
                .records(
                        Samples.TOPICS.labeledImages().name(),
                        Samples.SERDES.labeledImage().deserializer())
                .stream()
                .map(record -> new Joined(record.key(), record.getRecordTime(), record.value()))
                .toList();
    }

    List<TestRecord<byte[], byte[]>> letters() {
        return pipeline.raw(Samples.TOPICS.deadLetters().name());
    }

    List<String> held() {
        List<String> ids = new ArrayList<>();
        try (var all = pipeline.<byte[], byte[]>store(LabelerTopology.HELD).all()) {
            all.forEachRemaining(entry -> ids.add(new String(entry.key, StandardCharsets.UTF_8)));
        }
        return ids;
    }

    boolean isHeld(String id) {
        return pipeline.<byte[], byte[]>store(LabelerTopology.HELD).get(Samples.text(id)) != null;
    }

    void assertCounts(int joined, int duplicate, int withoutImage) {
        assertThat(count("joined")).as("joined").isEqualTo(joined);
        assertThat(count("duplicate")).as("duplicate").isEqualTo(duplicate);
        assertThat(count("without_image")).as("without image").isEqualTo(withoutImage);
    }

    private double count(String outcome) {
        return meters.counter(LabelerMeters.LABELS, "outcome", outcome).count();
    }

    static Instant at(long minute) {
        return START.plus(Duration.ofMinutes(minute));
    }

    public static String text(TestRecord<byte[], byte[]> letter, String header) {
        return new String(letter.headers().lastHeader(header).value(), StandardCharsets.UTF_8);
    }
}
