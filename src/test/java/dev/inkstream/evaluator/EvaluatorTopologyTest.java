package dev.inkstream.evaluator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.network.Network;
import dev.inkstream.network.Workspace;
import dev.inkstream.record.ConfusionMatrix;
import dev.inkstream.record.Evaluation;
import dev.inkstream.record.ImageRecord;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.DecisionHeader;
import dev.inkstream.stream.Frames;
import dev.inkstream.stream.ImageFormat;
import dev.inkstream.stream.Pipeline;
import dev.inkstream.stream.Samples;
import dev.inkstream.stream.Snapshots;
import dev.inkstream.stream.Topologies;
import dev.inkstream.trainer.Training;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.WrappedStateStore;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EvaluatorTopologyTest {
    private static final byte[] MODEL_KEY = Samples.text(Samples.MODEL);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Pipeline pipeline = new Pipeline(new EvaluatorTopology(
                    new EvaluatorSettings(
                            Samples.TOPICS, Samples.MODEL, Samples.FORMAT, DecisionRules.of(PromotionPolicy.ALWAYS)),
                    Samples.REGISTRY,
                    Topologies.NO_PAST,
                    meters)
            .get());

    @AfterEach
    void close() {
        pipeline.close();
    }

    @Test
    void scoresAVersionOnEveryHoldoutImage() {
        for (int i = 0; i < 50; i++) {
            hold("id-" + i, Samples.example(i));
        }
        WeightSnapshot snapshot = Samples.snapshot(1);
        publish(snapshot);
        List<TestRecord<String, Evaluation>> records = evaluationRecords();
        assertThat(records).hasSize(1);
        Evaluation evaluation = records.getFirst().value();
        assertThat(records.getFirst().key()).isEqualTo("digits");
        assertThat(records.getFirst().getRecordTime()).isEqualTo(Pipeline.RECORD_TIME);
        assertThat(evaluation.id()).isEqualTo(snapshot.id());
        assertThat(evaluation.promoted()).isTrue();
        assertThat(evaluation.confusion()).isEqualTo(confusion(snapshot, 0, 50));
        assertThat(evaluation.confusion().examples()).isEqualTo(50);
        assertThat(evaluation.confusion().correct()).as("correct").isBetween(1L, 49L);
    }

    @Test
    void theLossIsTheMeanInTheOrderOfTheIds() {
        hold("b", Samples.example(1));
        hold("c", Samples.example(2));
        hold("a", Samples.example(0));
        WeightSnapshot snapshot = Samples.snapshot(1);
        publish(snapshot);
        Network network = Snapshots.network(snapshot, Samples.FORMAT);
        Workspace workspace = network.newWorkspace();
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            network.classify(Samples.image(i).pixels().bytes(), workspace);
            sum += network.loss(workspace, Samples.example(i).label());
        }
        assertThat(evaluations())
                .singleElement()
                .extracting(Evaluation::meanLoss)
                .isEqualTo(sum / 3);
    }

    @Test
    void aTombstoneRemovesAnImage() {
        hold("a", Samples.example(0));
        hold("b", Samples.example(1));
        pipeline.pipe(Samples.TOPICS.holdoutImages().name(), Samples.text("a"), null);
        pipeline.pipe(Samples.TOPICS.holdoutImages().name(), Samples.text("never there"), null);
        publish(Samples.snapshot(1));
        assertThat(evaluations())
                .extracting(Evaluation::confusion)
                .containsExactly(confusion(Samples.snapshot(1), 1, 2));
        assertThat(pipeline.raw(Samples.TOPICS.deadLetters().name())).isEmpty();
    }

    @Test
    void aLaterImageTakesThePlaceOfTheOneBefore() {
        hold("a", Samples.example(0));
        hold("a", Samples.example(1));
        publish(Samples.snapshot(1));
        assertThat(evaluations())
                .extracting(Evaluation::confusion)
                .containsExactly(confusion(Samples.snapshot(1), 1, 2));
    }

    @Test
    void aBadImageLeavesTheOneBeforeInItsPlace() {
        hold("a", Samples.example(0));
        pipeline.pipe(Samples.TOPICS.holdoutImages().name(), Samples.text("a"), Frames.labeledImage(3, 2, 6, 4));
        publish(Samples.snapshot(1));
        assertThat(evaluations())
                .extracting(Evaluation::confusion)
                .containsExactly(confusion(Samples.snapshot(1), 0, 1));
    }

    /// `serving-weights` may have room for the snapshot and not for its headers.
    @Test
    void theHeadersOfASnapshotStayWhereTheyAre() {
        Headers headers = new RecordHeaders().add("trace", new byte[50_000]);
        byte[] value = Samples.SERDES.weightSnapshot().serializer().serialize("any", Samples.snapshot(1));
        pipeline.pipe(Samples.TOPICS.weightSnapshots().name(), MODEL_KEY, value, headers);
        assertThat(pipeline.raw(Samples.TOPICS.evaluations().name()))
                .singleElement()
                .satisfies(written -> assertThat(written.headers()).isEmpty());
        assertThat(pipeline.raw(Samples.TOPICS.servingWeights().name()))
                .singleElement()
                .satisfies(written -> {
                    assertThat(written.headers()).containsExactlyElementsOf(DecisionHeader.of(0));
                    assertThat(written.value()).isEqualTo(value);
                });
    }

    @Test
    void theEvaluatorOfSixteenClassesHasFewerThanFiveHundredSeries() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        EvaluatorSettings settings = new EvaluatorSettings(
                Samples.TOPICS, Samples.MODEL, new ImageFormat(3, 2, 16), DecisionRules.of(PromotionPolicy.ALWAYS));
        var _ = new EvaluatorTopology(settings, Samples.REGISTRY, Topologies.NO_PAST, meters).get();
        // The client's own are fewer than 50.
        assertThat(meters.getMeters()).hasSizeBetween(256, 450);
    }

    /// What an earlier build kept, or one with another image size, must not stop the evaluator at every version.
    @Test
    void keptImagesThatCannotBeUsedAreRemoved() {
        hold("b", Samples.example(0));
        KeyValueStore<String, LabeledImage> kept = pipeline.store(EvaluatorTopology.HOLDOUT);
        kept.put("a", new LabeledImage(new ImageRecord(1, 1, new byte[1], Instant.EPOCH), 0));
        putRaw(kept, "c", Frames.labeledImage(3, 2, 5, 1));
        publish(Samples.snapshot(1));
        publish(Samples.snapshot(2));
        assertThat(evaluations())
                .extracting(Evaluation::confusion)
                .containsExactly(confusion(Samples.snapshot(1), 0, 1), confusion(Samples.snapshot(2), 0, 1));
        assertThat(kept.approximateNumEntries()).isEqualTo(1);
    }

    @Test
    void aVersionIsScoredOnWhatIsThereWhenItComes() {
        publish(Samples.snapshot(0));
        hold("a", Samples.example(0));
        publish(Samples.snapshot(1));
        assertThat(evaluations())
                .extracting(Evaluation::confusion)
                .containsExactly(ConfusionMatrix.of(4, new long[16]), confusion(Samples.snapshot(1), 0, 1));
    }

    @Test
    void withoutHoldoutImagesTheScoreIsNoneOfNoneAndTheVersionServes() {
        WeightSnapshot snapshot = Samples.snapshot(3);
        publish(snapshot);
        assertThat(evaluations())
                .containsExactly(new Evaluation(snapshot.id(), 0, ConfusionMatrix.of(4, new long[16]), 0, true));
        assertThat(served()).containsExactly(snapshot);
    }

    @Test
    void whatIsPromotedIsTheSnapshotAsItCame() {
        Training training = Training.start(Samples.TRAINING);
        training.snapshot();
        for (int i = 0; !training.train(i, Samples.example(i)); i++) {
            assertThat(i).isLessThan(11);
        }
        WeightSnapshot snapshot = training.snapshot();
        publish(snapshot);
        assertThat(pipeline.raw(Samples.TOPICS.servingWeights().name()))
                .singleElement()
                .satisfies(record -> {
                    assertThat(record.key()).isEqualTo(MODEL_KEY);
                    assertThat(record.value()).isEqualTo(Samples.bytes(snapshot));
                    assertThat(record.getRecordTime()).isEqualTo(Pipeline.RECORD_TIME);
                });
        assertThat(evaluations())
                .singleElement()
                .extracting(Evaluation::trainedExamples)
                .isEqualTo(12L);
    }

    @Test
    void anotherModelsVersionsAreNeitherJudgedNorBad() {
        var config = Samples.config(dev.inkstream.network.NetworkShape.of(9, 2));
        WeightSnapshot other = Samples.snapshot("other", 1, config);
        pipeline.pipe(Samples.TOPICS.weightSnapshots().name(), Samples.text("other"), Samples.bytes(other));
        assertThat(evaluations()).isEmpty();
        assertThat(served()).isEmpty();
        assertThat(pipeline.raw(Samples.TOPICS.deadLetters().name())).isEmpty();
    }

    static Stream<Arguments> refused() {
        WeightSnapshot ours = Samples.snapshot(9);
        WeightSnapshot misshapen =
                Samples.snapshot(Samples.MODEL, 9, Samples.config(dev.inkstream.network.NetworkShape.of(5, 4)));
        byte[] bytes = Samples.bytes(ours);
        return Stream.of(
                Arguments.of("BAD_SNAPSHOT", "is corrupt: its parameters have SHA-256", Samples.corrupt(ours)),
                Arguments.of("BAD_SNAPSHOT", "must be finite", Samples.bytes(Samples.notFinite(9))),
                Arguments.of("BAD_SNAPSHOT", "its layers are 5,4", Samples.bytes(misshapen)),
                Arguments.of(
                        "BAD_SNAPSHOT",
                        "parameter count is 4295753732",
                        Samples.bytes(Samples.ofLayers(9, List.of(6, 65_536, 65_536, 4)))),
                Arguments.of("BAD_SNAPSHOT", "sizes has 0 layers", Samples.bytes(Samples.ofLayers(9, List.of()))),
                Arguments.of(
                        "BAD_SNAPSHOT",
                        "parameters have 4 bytes",
                        Samples.bytes(Samples.withParameters(ours, 9, new byte[4]))),
                Arguments.of("UNDECODABLE", "", Arrays.copyOf(bytes, bytes.length / 2)),
                Arguments.of("UNKNOWN_SCHEMA", "", Frames.ofUnknownSchema()));
    }

    /// Refused, counted and reported; what serves stays.
    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("refused")
    void aSnapshotThatCannotBeUsedIsADeadLetter(String reason, String message, byte[] value) {
        publish(Samples.snapshot(1));
        assertThat(served()).hasSize(1);
        pipeline.pipe(Samples.TOPICS.weightSnapshots().name(), MODEL_KEY, value);
        assertThat(served()).isEmpty();
        assertThat(evaluations()).hasSize(1);
        assertThat(pipeline.raw(Samples.TOPICS.modelDecisions().name())).hasSize(1);
        assertThat(pipeline.raw(Samples.TOPICS.deadLetters().name()))
                .singleElement()
                .satisfies(letter -> {
                    assertThat(letter.value()).isEqualTo(value);
                    assertThat(text(letter, "inkstream.reason")).isEqualTo(reason);
                    assertThat(text(letter, "inkstream.message")).contains(message);
                });
        assertThat(meters.get("inkstream.dead.letters")
                        .tags("topic", Samples.TOPICS.weightSnapshots().name(), "reason", reason)
                        .counter()
                        .count())
                .isEqualTo(1);
        publish(Samples.snapshot(10));
        assertThat(served()).containsExactly(Samples.snapshot(10));
    }

    /// It runs beside what serves, and was not published.
    @Test
    void aShadowAmongTheSnapshotsIsADeadLetter() {
        pipeline.pipe(
                Samples.TOPICS.weightSnapshots().name(),
                Samples.text("digits@shadow"),
                Samples.bytes(Samples.snapshot(9)));
        assertThat(evaluations()).isEmpty();
        assertThat(pipeline.raw(Samples.TOPICS.deadLetters().name()))
                .singleElement()
                .satisfies(
                        letter -> assertThat(text(letter, "inkstream.reason")).isEqualTo("BAD_SNAPSHOT"));
    }

    private static String text(TestRecord<byte[], byte[]> record, String header) {
        return new String(record.headers().lastHeader(header).value(), java.nio.charset.StandardCharsets.UTF_8);
    }

    @Test
    void thePolicyAlwaysPromotesAVersionThatIsWorseThanTheOneThatServes() {
        List<WeightSnapshot> versions = List.of(Samples.snapshot(1), Samples.snapshot(2), Samples.snapshot(3));
        try (Pipeline ordinary = new Pipeline(Topologies.evaluator(DecisionRules.of(PromotionPolicy.ALWAYS)))) {
            for (int i = 0; i < 50; i++) {
                ordinary.pipe(
                        Samples.TOPICS.holdoutImages().name(),
                        Samples.text("id-" + i),
                        Samples.bytes(Samples.example(i)));
            }
            versions.forEach(version ->
                    ordinary.pipe(Samples.TOPICS.weightSnapshots().name(), MODEL_KEY, Samples.bytes(version)));
            assertThat(ordinary.values(
                            Samples.TOPICS.evaluations().name(),
                            Samples.SERDES.evaluation().deserializer()))
                    .extracting(Evaluation::accuracy)
                    .containsExactly(0.28, 0.3, 0.28);
            assertThat(ordinary.values(
                            Samples.TOPICS.servingWeights().name(),
                            Samples.SERDES.weightSnapshot().deserializer()))
                    .isEqualTo(versions);
        }
    }

    @Test
    void anApplicationIsOneModelOfOnePrefix() {
        assertThat(new EvaluatorSettings(Samples.TOPICS, "m", Samples.FORMAT, DecisionRules.of(PromotionPolicy.ALWAYS))
                        .applicationId())
                .isEqualTo("t.evaluator-m");
    }

    private void hold(String id, LabeledImage image) {
        pipeline.pipe(Samples.TOPICS.holdoutImages().name(), Samples.text(id), Samples.bytes(image));
    }

    private static void putRaw(KeyValueStore<String, LabeledImage> store, String id, byte[] value) {
        if (!(store instanceof WrappedStateStore<?, ?, ?> wrapping)
                || !(wrapping.wrapped() instanceof KeyValueStore<?, ?> inner)) {
            throw new AssertionError("it wraps none: " + store);
        }
        @SuppressWarnings("unchecked") // what it wraps holds bytes
        KeyValueStore<Bytes, byte[]> bytes = (KeyValueStore<Bytes, byte[]>) inner;
        bytes.put(Bytes.wrap(Samples.text(id)), value);
    }

    private void publish(WeightSnapshot snapshot) {
        pipeline.pipe(Samples.TOPICS.weightSnapshots().name(), MODEL_KEY, Samples.bytes(snapshot));
    }

    private List<TestRecord<String, Evaluation>> evaluationRecords() {
        return pipeline.records(
                Samples.TOPICS.evaluations().name(), Samples.SERDES.evaluation().deserializer());
    }

    private List<Evaluation> evaluations() {
        return evaluationRecords().stream().map(TestRecord::value).toList();
    }

    private List<WeightSnapshot> served() {
        return pipeline.values(
                Samples.TOPICS.servingWeights().name(),
                Samples.SERDES.weightSnapshot().deserializer());
    }

    /// Counted again, over the examples from one number up to another.
    private static ConfusionMatrix confusion(WeightSnapshot snapshot, int from, int to) {
        Network network = Snapshots.network(snapshot, Samples.FORMAT);
        long[] counts = new long[16];
        for (int i = from; i < to; i++) {
            int predicted = network.classify(Samples.image(i).pixels().bytes(), network.newWorkspace());
            counts[Samples.example(i).label() * 4 + predicted]++;
        }
        return ConfusionMatrix.of(4, counts);
    }
}
