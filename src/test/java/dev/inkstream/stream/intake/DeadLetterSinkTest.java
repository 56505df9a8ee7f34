package dev.inkstream.stream.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.classifier.ServingModel;
import dev.inkstream.evaluator.DecisionRules;
import dev.inkstream.evaluator.PromotionPolicy;
import dev.inkstream.live.LiveSettings;
import dev.inkstream.network.NetworkShape;
import dev.inkstream.record.RejectReason;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.Frames;
import dev.inkstream.stream.Pipeline;
import dev.inkstream.stream.Samples;
import dev.inkstream.stream.Topics;
import dev.inkstream.stream.Topologies;
import dev.inkstream.trainer.Training;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A bad record is one dead letter, whole, and costs nothing but itself.
class DeadLetterSinkTest {
    private static final byte[] KEY = Samples.text("id-1");
    private static final byte[] MODEL_KEY = Samples.text(Samples.MODEL);
    private static final byte[] NO_UTF_8 = {'a', (byte) 0xff};

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    /// @param what names the case
    record Bad(String what, byte[] key, byte[] value, RejectReason reason, String message) {
        @Override
        public String toString() {
            return what;
        }
    }

    static List<Bad> badImages() {
        byte[] good = Samples.bytes(Samples.image(0));
        List<Bad> bad = new ArrayList<>(badFraming("ImageRecord", good));
        bad.add(new Bad("null value", KEY, null, RejectReason.NULL_VALUE, "value is null"));
        bad.add(new Bad(
                "size",
                KEY,
                Frames.image(2, 3, 6),
                RejectReason.IMAGE_SIZE,
                "image is 2x3; it must be 3x2, the size of this model"));
        bad.add(new Bad(
                "pixels",
                KEY,
                Frames.image(3, 2, 5),
                RejectReason.PIXEL_COUNT,
                "image of 3x2 needs 6 pixels but has 5"));
        return bad;
    }

    static List<Bad> badLabeledImages() {
        byte[] good = Samples.bytes(Samples.example(0));
        List<Bad> bad = new ArrayList<>(badFraming("LabeledImage", good));
        bad.add(new Bad(
                "size",
                KEY,
                Frames.labeledImage(2, 3, 6, 0),
                RejectReason.IMAGE_SIZE,
                "image is 2x3; it must be 3x2, the size of this model"));
        bad.add(new Bad(
                "pixels",
                KEY,
                Frames.labeledImage(3, 2, 7, 0),
                RejectReason.PIXEL_COUNT,
                "image of 3x2 needs 6 pixels but has 7"));
        bad.add(new Bad(
                "label too high",
                KEY,
                Frames.labeledImage(3, 2, 6, 4),
                RejectReason.LABEL_RANGE,
                "label is 4; it must be 0 to 3, the classes of this model"));
        bad.add(new Bad(
                "label negative",
                KEY,
                Frames.labeledImage(3, 2, 6, -1),
                RejectReason.LABEL_RANGE,
                "label is -1; it must be 0 or more"));
        return bad;
    }

    static List<Bad> badExamples() {
        List<Bad> bad = new ArrayList<>(badLabeledImages());
        bad.add(new Bad("null value", KEY, null, RejectReason.NULL_VALUE, "value is null"));
        return bad;
    }

    static List<Bad> badSnapshots() {
        WeightSnapshot good = Samples.snapshot(5);
        WeightSnapshot other = Samples.snapshot("other", 5, Samples.CONFIG);
        return List.of(
                new Bad(
                        "not Avro",
                        MODEL_KEY,
                        Samples.text("hello"),
                        RejectReason.UNDECODABLE,
                        "value starts with byte 104; a framed Avro record starts with byte 0 and a schema id"),
                new Bad("null value", MODEL_KEY, null, RejectReason.NULL_VALUE, "value is null"),
                new Bad(
                        "null key",
                        null,
                        Samples.bytes(good),
                        RejectReason.NULL_KEY,
                        "key is null or empty; it must be an id"),
                new Bad(
                        "not finite",
                        MODEL_KEY,
                        Samples.bytes(Samples.notFinite(5)),
                        RejectReason.BAD_SNAPSHOT,
                        "snapshot digits v5 is refused: the weight of layer 0 from input 0 to output 0 is NaN; it must be finite"),
                new Bad(
                        "other shape",
                        MODEL_KEY,
                        Samples.bytes(Samples.snapshot(Samples.MODEL, 5, Samples.config(NetworkShape.of(6, 3)))),
                        RejectReason.BAD_SNAPSHOT,
                        "snapshot digits v5 is refused: its layers are 6,3, but images of 3x2 in 4 classes need 6"
                                + " inputs and 4 outputs"),
                new Bad(
                        "other model's under our key",
                        MODEL_KEY,
                        Samples.bytes(other),
                        RejectReason.BAD_SNAPSHOT,
                        "snapshot other v5 has the key digits; it must be the model's name"));
    }

    private static List<Bad> badFraming(String schema, byte[] good) {
        return List.of(
                new Bad(
                        "not Avro",
                        KEY,
                        Samples.text("hello"),
                        RejectReason.UNDECODABLE,
                        "value starts with byte 104; a framed Avro record starts with byte 0 and a schema id"),
                new Bad(
                        "cut off",
                        KEY,
                        java.util.Arrays.copyOf(good, good.length - 1),
                        RejectReason.UNDECODABLE,
                        "value is not an Avro " + schema + ": its bytes end too early"),
                new Bad(
                        "empty",
                        KEY,
                        new byte[0],
                        RejectReason.UNDECODABLE,
                        "value has 0 bytes; a framed Avro record has at least 5"),
                new Bad(
                        "unknown schema",
                        KEY,
                        Frames.ofUnknownSchema(),
                        RejectReason.UNKNOWN_SCHEMA,
                        "schema id 77 is none of Inkstream's own; if a schema registry gave it, set schema.registry.url"),
                new Bad("null key", null, good, RejectReason.NULL_KEY, "key is null or empty; it must be an id"),
                new Bad(
                        "empty key",
                        new byte[0],
                        good,
                        RejectReason.NULL_KEY,
                        "key is null or empty; it must be an id"),
                new Bad("key not text", NO_UTF_8, good, RejectReason.UNDECODABLE, "key is not UTF-8 text"));
    }

    @ParameterizedTest
    @MethodSource("badImages")
    void ofTheClassifier(Bad bad) {
        String topic = Samples.TOPICS.images().name();
        try (Pipeline pipeline = new Pipeline(Topologies.classifier(Samples.REGISTRY, new ServingModel(), meters))) {
            pipeline.pipe(Samples.TOPICS.servingWeights().name(), MODEL_KEY, Samples.bytes(Samples.snapshot(0)));
            pipeline.pipe(topic, Samples.text("before"), Samples.bytes(Samples.image(1)));
            isOneDeadLetter(pipeline, topic, bad);
            pipeline.pipe(topic, Samples.text("after"), Samples.bytes(Samples.image(2)));
            assertThat(pipeline.records(
                            Samples.TOPICS.predictions().name(),
                            Samples.SERDES.prediction().deserializer()))
                    .extracting(record ->
                            record.key() + "@" + record.value().image().offset())
                    .containsExactly("before@0", "after@2");
            assertThat(pipeline.raw(Samples.TOPICS.deadLetters().name())).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("badExamples")
    void ofTheTrainer(Bad bad) {
        String topic = Samples.TOPICS.labeledImages().name();
        Training offline = Training.start(Samples.TRAINING);
        try (Pipeline pipeline = new Pipeline(Topologies.trainer((from, to, reader) -> {}, meters))) {
            for (int i = 0; i < 12; i++) {
                if (i == 5) {
                    isOneDeadLetter(pipeline, topic, bad);
                }
                pipeline.pipe(topic, KEY, Samples.bytes(Samples.example(i)));
                offline.train(i < 5 ? i : i + 1, Samples.example(i));
            }
            List<WeightSnapshot> published = pipeline.values(
                    Samples.TOPICS.weightSnapshots().name(),
                    Samples.SERDES.weightSnapshot().deserializer());
            assertThat(published).hasSize(2);
            // Who wrote it is no function of the log.
            assertThat(published.getLast())
                    .isEqualTo(offline.snapshot().with(published.getLast().provenance()));
            assertThat(pipeline.raw(Samples.TOPICS.deadLetters().name())).isEmpty();
        }
    }

    static Stream<Bad> badHoldoutImages() {
        return badLabeledImages().stream();
    }

    @ParameterizedTest
    @MethodSource("badHoldoutImages")
    void ofTheHoldoutSet(Bad bad) {
        String topic = Samples.TOPICS.holdoutImages().name();
        try (Pipeline pipeline = new Pipeline(Topologies.evaluator(LiveSettings.DEFAULT, meters))) {
            pipeline.pipe(topic, KEY, Samples.bytes(Samples.example(1)));
            isOneDeadLetter(pipeline, topic, bad);
            pipeline.pipe(topic, Samples.text("id-2"), Samples.bytes(Samples.example(2)));
            pipeline.pipe(Samples.TOPICS.weightSnapshots().name(), MODEL_KEY, Samples.bytes(Samples.snapshot(0)));
            assertThat(pipeline.values(
                            Samples.TOPICS.evaluations().name(),
                            Samples.SERDES.evaluation().deserializer()))
                    .singleElement()
                    .satisfies(evaluation ->
                            assertThat(evaluation.confusion().examples()).isEqualTo(2));
        }
    }

    @ParameterizedTest
    @MethodSource("badSnapshots")
    void ofTheEvaluator(Bad bad) {
        String topic = Samples.TOPICS.weightSnapshots().name();
        try (Pipeline pipeline = new Pipeline(Topologies.evaluator(LiveSettings.DEFAULT, meters))) {
            pipeline.pipe(topic, MODEL_KEY, Samples.bytes(Samples.snapshot(0)));
            isOneDeadLetter(pipeline, topic, bad);
            pipeline.pipe(topic, MODEL_KEY, Samples.bytes(Samples.snapshot(1)));
            assertThat(pipeline.values(
                            Samples.TOPICS.servingWeights().name(),
                            Samples.SERDES.weightSnapshot().deserializer()))
                    .containsExactly(Samples.snapshot(0), Samples.snapshot(1));
            assertThat(pipeline.raw(Samples.TOPICS.deadLetters().name())).isEmpty();
        }
    }

    @Test
    void aCorruptSnapshotSaysBothDigests() {
        WeightSnapshot snapshot = Samples.snapshot(5);
        byte[] corrupt = Samples.corrupt(snapshot);
        try (Pipeline pipeline = new Pipeline(Topologies.evaluator(DecisionRules.of(PromotionPolicy.ALWAYS)))) {
            pipeline.pipe(Samples.TOPICS.weightSnapshots().name(), MODEL_KEY, corrupt);
            assertThat(pipeline.raw(Samples.TOPICS.deadLetters().name()))
                    .singleElement()
                    .satisfies(letter -> {
                        assertThat(letter.value()).isEqualTo(corrupt);
                        assertThat(text(letter, DeadLetterHeaders.REASON)).isEqualTo("BAD_SNAPSHOT");
                        assertThat(text(letter, DeadLetterHeaders.MESSAGE))
                                .startsWith("snapshot digits v5 is corrupt: its parameters have SHA-256 ")
                                .endsWith(" but it says " + snapshot.id().weights());
                    });
        }
    }

    /// A dead letter that is sent again and fails again has its last failure, once.
    @Test
    void theReasonsOfAnEarlierDeathAreReplaced() {
        RecordHeaders headers = new RecordHeaders();
        headers.add("trace", Samples.text("1")).add(DeadLetterHeaders.REASON, Samples.text("OLD"));
        headers.add(DeadLetterHeaders.OFFSET, Samples.text("99")).add(DeadLetterHeaders.OFFSET, Samples.text("98"));
        try (Pipeline pipeline = new Pipeline(Topologies.classifier(new ServingModel()))) {
            pipeline.pipe(Samples.TOPICS.images().name(), KEY, null, headers);
            assertThat(pipeline.raw(Samples.TOPICS.deadLetters().name()))
                    .singleElement()
                    .satisfies(letter -> {
                        assertThat(letter.headers().toArray()).hasSize(9);
                        assertThat(text(letter, "trace")).isEqualTo("1");
                        assertThat(text(letter, DeadLetterHeaders.REASON)).isEqualTo("NULL_VALUE");
                        assertThat(text(letter, DeadLetterHeaders.OFFSET)).isEqualTo("0");
                    });
        }
    }

    static List<Arguments> inputs() {
        Topics topics = Samples.TOPICS;
        return List.of(
                Arguments.of(topics.images().name(), Topologies.classifier(new ServingModel())),
                Arguments.of(topics.labeledImages().name(), Topologies.trainer((from, to, reader) -> {})),
                Arguments.of(
                        topics.holdoutImages().name(), Topologies.evaluator(DecisionRules.of(PromotionPolicy.ALWAYS))),
                Arguments.of(
                        topics.weightSnapshots().name(),
                        Topologies.evaluator(DecisionRules.of(PromotionPolicy.ALWAYS))),
                Arguments.of(
                        topics.predictions().name(), Topologies.evaluator(DecisionRules.of(PromotionPolicy.ALWAYS))),
                Arguments.of(topics.labels().name(), Topologies.evaluator(DecisionRules.of(PromotionPolicy.ALWAYS))),
                Arguments.of(topics.images().name(), Topologies.labeler(new SimpleMeterRegistry())),
                Arguments.of(topics.labels().name(), Topologies.labeler(new SimpleMeterRegistry())));
    }

    /// No timestamp comes to a processor as 0: its dead letter must have one that brokers take.
    @ParameterizedTest
    @MethodSource("inputs")
    void withoutATimestamp(String topic, Topology topology) {
        try (Pipeline pipeline = new Pipeline(topology)) {
            pipeline.pipe(topic, KEY, Samples.text("any"), new RecordHeaders(), Instant.EPOCH);
            assertThat(pipeline.raw(Samples.TOPICS.deadLetters().name()))
                    .singleElement()
                    .satisfies(letter -> {
                        assertThat(text(letter, DeadLetterHeaders.REASON)).isEqualTo("BAD_TIMESTAMP");
                        assertThat(text(letter, DeadLetterHeaders.MESSAGE))
                                .isEqualTo("record has no timestamp; it must be after 1970-01-01T00:00:00Z");
                        assertThat(letter.value()).isEqualTo(Samples.text("any"));
                        assertThat(letter.getRecordTime()).isEqualTo(Pipeline.NOW);
                    });
        }
    }

    @Test
    void everyReasonOfATopicIsCountedFromTheStart() {
        SimpleMeterRegistry labeler = new SimpleMeterRegistry();
        var _ = Topologies.labeler(labeler);
        var _ = Topologies.evaluator(LiveSettings.DEFAULT, meters);
        assertThat(reasons(labeler, Samples.TOPICS.labels().name()))
                .contains("NO_IMAGE", "LABEL_RANGE", "BAD_TIMESTAMP", "LONG_KEY");
        assertThat(reasons(labeler, Samples.TOPICS.images().name()))
                .contains("PIXEL_COUNT", "IMAGE_SIZE", "BAD_TIMESTAMP");
        assertThat(reasons(meters, Samples.TOPICS.holdoutImages().name())).contains("HOLDOUT_FULL", "BAD_TIMESTAMP");
        assertThat(reasons(meters, Samples.TOPICS.predictions().name())).contains("LABEL_RANGE", "BAD_TIMESTAMP");
        assertThat(reasons(meters, Samples.TOPICS.labels().name()))
                .contains("LABEL_RANGE", "BAD_TIMESTAMP")
                .doesNotContain("NO_IMAGE");
    }

    private static List<String> reasons(SimpleMeterRegistry meters, String topic) {
        return meters.get(DeadLetterSink.COUNTER).tag("topic", topic).counters().stream()
                .map(counter -> counter.getId().getTag("reason"))
                .toList();
    }

    /// The trainer alone asks no clock: what it refuses is a function of the log.
    @ParameterizedTest
    @MethodSource("inputs")
    void moreThanAnHourAheadOfTheClock(String topic, Topology topology) {
        Instant limit = Pipeline.NOW.plus(Duration.ofHours(1));
        try (Pipeline pipeline = new Pipeline(topology)) {
            pipeline.pipe(topic, KEY, Samples.text("any"), new RecordHeaders(), limit);
            pipeline.pipe(topic, KEY, Samples.text("any"), new RecordHeaders(), limit.plusMillis(1));
            List<TestRecord<byte[], byte[]>> letters =
                    pipeline.raw(Samples.TOPICS.deadLetters().name());
            assertThat(letters).extracting(TestRecord::getRecordTime).containsOnly(Pipeline.NOW);
            assertThat(letters)
                    .extracting(letter -> text(letter, DeadLetterHeaders.TIMESTAMP))
                    .containsExactly(millis(limit), millis(limit.plusMillis(1)));
            boolean trainer = topic.equals(Samples.TOPICS.labeledImages().name());
            assertThat(letters)
                    .extracting(letter -> text(letter, DeadLetterHeaders.REASON))
                    .containsExactly("UNDECODABLE", trainer ? "UNDECODABLE" : "BAD_TIMESTAMP");
            if (!trainer) {
                assertThat(text(letters.get(1), DeadLetterHeaders.MESSAGE))
                        .isEqualTo("timestamp is 2026-11-24T06:00:00.001Z; it must be at most an hour ahead of"
                                + " 2026-11-24T05:00:00Z");
            }
        }
    }

    private static String millis(Instant time) {
        return Long.toString(time.toEpochMilli());
    }

    private void isOneDeadLetter(Pipeline pipeline, String topic, Bad bad) {
        Header[] original = {new RecordHeader("trace", Samples.text("1")), new RecordHeader("trace", new byte[] {-1})};
        // Counted from 0: else the first would be no increase.
        assertThat(counted(topic, bad.reason())).isZero();
        pipeline.pipe(topic, bad.key(), bad.value(), new RecordHeaders(original));
        assertThat(counted(topic, bad.reason())).isOne();
        List<TestRecord<byte[], byte[]>> letters =
                pipeline.raw(Samples.TOPICS.deadLetters().name());
        assertThat(letters).hasSize(1);
        TestRecord<byte[], byte[]> letter = letters.getFirst();
        assertThat(letter.key()).isEqualTo(bad.key());
        assertThat(letter.value()).isEqualTo(bad.value());
        assertThat(letter.getRecordTime()).as("retention counts from here").isEqualTo(Pipeline.NOW);
        assertThat(text(letter, DeadLetterHeaders.TIMESTAMP)).isEqualTo(millis(Pipeline.RECORD_TIME));
        assertThat(letter.headers().toArray()).hasSize(10).endsWith(original);
        assertThat(text(letter, DeadLetterHeaders.REASON))
                .isEqualTo(bad.reason().name());
        assertThat(text(letter, DeadLetterHeaders.MESSAGE)).isEqualTo(bad.message());
        assertThat(text(letter, DeadLetterHeaders.TOPIC)).isEqualTo(topic);
        assertThat(text(letter, DeadLetterHeaders.PARTITION)).isEqualTo("0");
        assertThat(text(letter, DeadLetterHeaders.OFFSET)).isEqualTo(topic.endsWith("labeled-images") ? "5" : "1");
        assertThat(text(letter, DeadLetterHeaders.APPLICATION)).isEqualTo(Pipeline.APPLICATION);
        assertThat(text(letter, DeadLetterHeaders.AT)).isEqualTo("2026-11-24T05:00:00Z");
    }

    private double counted(String topic, RejectReason reason) {
        return meters.get(DeadLetterSink.COUNTER)
                .tags("topic", topic, "reason", reason.name())
                .counter()
                .count();
    }

    private static String text(TestRecord<byte[], byte[]> letter, String header) {
        return new String(letter.headers().lastHeader(header).value(), StandardCharsets.UTF_8);
    }
}
