package dev.inkstream.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.inkstream.codec.RegistryPatience;
import dev.inkstream.codec.RegistryTime;
import dev.inkstream.codec.RegistryUrl;
import dev.inkstream.codec.RestSchemaRegistry;
import dev.inkstream.codec.SchemaRegistry;
import dev.inkstream.codec.SchemaRegistryException;
import dev.inkstream.network.Network;
import dev.inkstream.network.NetworkShape;
import dev.inkstream.network.Workspace;
import dev.inkstream.record.ImageRecord;
import dev.inkstream.record.Prediction;
import dev.inkstream.record.Prediction.Position;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.DecisionHeader;
import dev.inkstream.stream.Frames;
import dev.inkstream.stream.Pipeline;
import dev.inkstream.stream.Samples;
import dev.inkstream.stream.Snapshots;
import dev.inkstream.stream.Topics;
import dev.inkstream.stream.Topologies;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ClassifierTopologyTest {
    private static final byte[] MODEL_KEY = Samples.text(Samples.MODEL);

    private final ServingModel serving = new ServingModel();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Pipeline pipeline = new Pipeline(Topologies.classifier(Samples.REGISTRY, serving, meters));

    @AfterEach
    void close() {
        pipeline.close();
    }

    @Test
    void aPredictionIsTheNetworksOwnAndNamesAllThatMadeIt() {
        WeightSnapshot snapshot = Samples.snapshot(1);
        serve(snapshot);
        for (int i = 0; i < 20; i++) {
            classify(i);
        }
        List<TestRecord<String, Prediction>> records = predictionRecords();
        assertThat(records).hasSize(20);
        for (int i = 0; i < 20; i++) {
            assertThat(records.get(i).value()).isEqualTo(expected(snapshot, i, i));
            assertThat(records.get(i).key()).isEqualTo("image-" + i);
            assertThat(records.get(i).getRecordTime()).isEqualTo(Pipeline.RECORD_TIME);
        }
        assertThat(records.stream().map(record -> record.value().label()).distinct())
                .as("labels predicted: a constant would prove little")
                .hasSizeGreaterThan(1);
    }

    @Test
    void aVersionServesFromTheNextImageOn() {
        WeightSnapshot old = Samples.snapshot(0);
        WeightSnapshot next = Samples.snapshot(1);
        serve(old);
        classify(0);
        serve(next);
        classify(0);
        serve(old, DecisionHeader.of(5));
        classify(0);
        assertThat(predictions()).containsExactly(expected(old, 0, 0), expected(next, 0, 1), expected(old, 0, 2));
        assertThat(expected(old, 0, 0).scores())
                .isNotEqualTo(expected(next, 0, 0).scores());
    }

    @Test
    void aVersionOfAnotherShapeInsideServesToo() {
        WeightSnapshot deep = Samples.snapshot(Samples.MODEL, 1, Samples.config(NetworkShape.of(6, 5, 7, 4)));
        serve(Samples.snapshot(0));
        classify(0);
        serve(deep);
        classify(1);
        assertThat(predictions()).containsExactly(expected(Samples.snapshot(0), 0, 0), expected(deep, 1, 1));
    }

    /// Whether it has the shape of the serving version or another.
    @Test
    void aShadowAnswersBesideTheServingVersion() {
        WeightSnapshot first = Samples.snapshot(0);
        WeightSnapshot alike = Samples.snapshot(1);
        WeightSnapshot deep = Samples.snapshot(Samples.MODEL, 2, Samples.config(NetworkShape.of(6, 5, 7, 4)));
        serve(first);
        for (WeightSnapshot shadow : List.of(alike, deep)) {
            runBeside(Samples.bytes(shadow));
            for (int i = 0; i < 3; i++) {
                classify(i);
            }
        }
        runBeside(null);
        classify(3);
        List<Prediction> predictions = predictions();
        for (int i = 0; i < 6; i++) {
            assertThat(predictions.get(i)).isEqualTo(expected(first, i % 3, i, i < 3 ? alike : deep));
        }
        assertThat(predictions.subList(6, 7)).containsExactly(expected(first, 3, 6));
    }

    private void runBeside(byte @Nullable [] shadow) {
        pipeline.pipe(Samples.TOPICS.servingWeights().name(), Samples.text(Topics.shadowKey(Samples.MODEL)), shadow);
    }

    private static Prediction expected(WeightSnapshot snapshot, int image, long offset, WeightSnapshot shadow) {
        Prediction alone = expected(snapshot, image, offset);
        Prediction beside = expected(shadow, image, offset);
        return new Prediction(
                alone.imageId(),
                alone.label(),
                alone.scores(),
                alone.model(),
                alone.image(),
                alone.capturedAt(),
                Optional.of(new Prediction.Shadow(beside.label(), beside.scores(), shadow.id())));
    }

    /// A prediction keeps its bytes: the memory they were encoded in is used again for the next image.
    @Test
    void theScoresOfOneImageAreNotThoseOfTheNext() {
        WeightSnapshot snapshot = Samples.snapshot(1);
        serving.swap(new ServingModel.Loaded(snapshot.id(), Snapshots.network(snapshot, Samples.FORMAT)));
        MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();
        String topic = Samples.TOPICS.predictions().name();
        ClassifyProcessor processor = new ClassifyProcessor(
                serving,
                Samples.SERDES.predictionEncoder(topic),
                new ClassifierMeters(new SimpleMeterRegistry(), Samples.FORMAT.classes()));
        context.setCurrentSystemTimeMs(Pipeline.NOW.toEpochMilli());
        processor.init(context);
        for (int i = 0; i < 2; i++) {
            context.setRecordMetadata(Samples.TOPICS.images().name(), 0, i);
            processor.process(new Record<>(("image-" + i).getBytes(StandardCharsets.UTF_8), Samples.image(i), 0));
        }
        assertThat(context.forwarded().stream()
                        .map(forward -> Samples.SERDES
                                .prediction()
                                .deserializer()
                                .deserialize(topic, forward.record().value())))
                .containsExactly(expected(snapshot, 0, 0), expected(snapshot, 1, 1));
        assertThat(expected(snapshot, 0, 0).scores())
                .isNotEqualTo(expected(snapshot, 1, 1).scores());
    }

    @Test
    void completesWhenThereIsAFirstVersion() {
        assertThat(serving.current()).isEmpty();
        assertThat(serving.first().toCompletableFuture()).isNotDone();
        serve(Samples.snapshot(3));
        assertThat(serving.first().toCompletableFuture())
                .isCompletedWithValueMatching(
                        loaded -> loaded.id().equals(Samples.snapshot(3).id()));
        serve(Samples.snapshot(4));
        assertThat(serving.first().toCompletableFuture())
                .isCompletedWithValueMatching(loaded -> loaded.id().version() == 3);
        assertThat(serving.current().orElseThrow().id())
                .isEqualTo(Samples.snapshot(4).id());
    }

    @Test
    void takesNoImageBeforeThereIsAVersion() {
        assertThatExceptionOfType(StreamsException.class)
                .isThrownBy(() -> classify(0))
                .havingRootCause()
                .isExactlyInstanceOf(IllegalStateException.class)
                .withMessage("no model is loaded: the topology must stay paused");
    }

    static Stream<Arguments> refused() {
        WeightSnapshot other = Samples.snapshot("other", 9, Samples.CONFIG);
        WeightSnapshot misshapen = Samples.snapshot(Samples.MODEL, 9, Samples.config(NetworkShape.of(5, 4)));
        WeightSnapshot ours = Samples.snapshot(9);
        byte[] bytes = Samples.bytes(ours);
        return Stream.of(
                Arguments.of("corrupt", "BAD_SNAPSHOT", MODEL_KEY, Samples.corrupt(ours)),
                Arguments.of("not finite", "BAD_SNAPSHOT", MODEL_KEY, Samples.bytes(Samples.notFinite(9))),
                Arguments.of(
                        "too large for the heap",
                        "BAD_SNAPSHOT",
                        MODEL_KEY,
                        Samples.bytes(Samples.ofLayers(9, List.of(6, 65_536, 65_536, 4)))),
                Arguments.of(
                        "without layers", "BAD_SNAPSHOT", MODEL_KEY, Samples.bytes(Samples.ofLayers(9, List.of()))),
                Arguments.of("of another shape", "BAD_SNAPSHOT", MODEL_KEY, Samples.bytes(misshapen)),
                Arguments.of(
                        "short of parameters",
                        "BAD_SNAPSHOT",
                        MODEL_KEY,
                        Samples.bytes(Samples.withParameters(ours, 9, new byte[4]))),
                Arguments.of("another model's", "", Samples.text("other"), Samples.bytes(other)),
                Arguments.of("another model's under our key", "BAD_SNAPSHOT", MODEL_KEY, Samples.bytes(other)),
                Arguments.of("ours under another key", "BAD_SNAPSHOT", Samples.text("other"), bytes),
                Arguments.of("cut off", "UNDECODABLE", MODEL_KEY, Arrays.copyOf(bytes, bytes.length / 2)),
                Arguments.of("of an unknown schema", "UNKNOWN_SCHEMA", MODEL_KEY, Frames.ofUnknownSchema()),
                Arguments.of("an image", "UNDECODABLE", MODEL_KEY, Samples.bytes(Samples.image(0))),
                Arguments.of("nothing", "NULL_VALUE", MODEL_KEY, null),
                Arguments.of("without a key", "NULL_KEY", null, bytes));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void whatIsRefusedIsCountedAndChangesNothing(String what, String reason, byte[] key, byte[] value) {
        pipeline.pipe(Samples.TOPICS.servingWeights().name(), key, value);
        assertThat(serving.current()).as("before the first version: %s", what).isEmpty();
        WeightSnapshot old = Samples.snapshot(7);
        serve(old);
        classify(0);
        pipeline.pipe(Samples.TOPICS.servingWeights().name(), key, value);
        classify(1);
        assertThat(predictions()).containsExactly(expected(old, 0, 0), expected(old, 1, 1));
        serve(Samples.snapshot(8));
        classify(2);
        assertThat(predictions()).containsExactly(expected(Samples.snapshot(8), 2, 2));
        assertThat(meters.get("inkstream.snapshots.refused").counters().stream()
                        .filter(counter -> counter.count() > 0)
                        .map(counter -> counter.getId().getTag("reason") + " " + (int) counter.count())
                        .toList())
                .isEqualTo(reason.isEmpty() ? List.of() : List.of(reason + " 2"));
    }

    @Test
    void aVersionThatGoesBackwardsWithoutADecisionIsRefused() {
        SimpleMeterRegistry own = new SimpleMeterRegistry();
        try (Pipeline counted = new Pipeline(Topologies.classifier(Samples.REGISTRY, serving, own))) {
            List<Headers> none = List.of(
                    new RecordHeaders(),
                    new RecordHeaders().add(DecisionHeader.NAME, null),
                    new RecordHeaders().add(DecisionHeader.NAME, new byte[0]),
                    new RecordHeaders().add(DecisionHeader.NAME, Samples.text("-1")),
                    new RecordHeaders().add(DecisionHeader.NAME, Samples.text("1234567890123456789")));
            serve(counted, Samples.snapshot(7), new RecordHeaders());
            for (Headers headers : none) {
                serve(counted, Samples.snapshot(6), headers);
                assertThat(serving.current().orElseThrow().id().version()).isEqualTo(7);
            }
            assertThat(own.get("inkstream.snapshots.refused")
                            .tag("reason", "BACKWARDS")
                            .counter()
                            .count())
                    .isEqualTo(none.size());
            serve(counted, Samples.snapshot(6), DecisionHeader.of(123));
            assertThat(serving.current().orElseThrow().id())
                    .isEqualTo(Samples.snapshot(6).id());
            serve(counted, Samples.snapshot(6), new RecordHeaders());
            serve(counted, Samples.snapshot(8), new RecordHeaders());
            assertThat(serving.current().orElseThrow().id())
                    .isEqualTo(Samples.snapshot(8).id());
            assertThat(own.get("inkstream.snapshots.refused")
                            .tag("reason", "BACKWARDS")
                            .counter()
                            .count())
                    .isEqualTo(none.size());
        }
    }

    /// Passing over the only version there is would be waiting for ever.
    @Test
    void withoutARegistryItStopsRatherThanPassOverTheFirstVersion() {
        SchemaRegistry away = new RestSchemaRegistry(
                new RestSchemaRegistry.Settings(
                        List.of(RegistryUrl.parse("http://127.0.0.1:1")), Optional.empty(), Optional.empty(), false),
                new RegistryPatience(Duration.ZERO, Duration.ZERO, Duration.ZERO),
                RegistryTime.system(),
                notice -> {});
        // Of an id that a registry gave.
        byte[] version =
                ByteBuffer.wrap(Samples.bytes(Samples.snapshot(8))).putInt(1, 5).array();
        try (Pipeline cutOff = new Pipeline(Topologies.classifier(away, serving))) {
            assertThatExceptionOfType(SchemaRegistryException.class)
                    .isThrownBy(
                            () -> cutOff.pipe(Samples.TOPICS.servingWeights().name(), MODEL_KEY, version))
                    .withMessageContaining("does not answer");
            serve(Samples.snapshot(7));
            cutOff.pipe(Samples.TOPICS.servingWeights().name(), MODEL_KEY, version);
        }
        assertThat(serving.current().orElseThrow().id())
                .isEqualTo(Samples.snapshot(7).id());
    }

    @Test
    void anApplicationIsOneModelOfOnePrefix() {
        assertThat(new ClassifierSettings(Samples.TOPICS, "m", Samples.FORMAT).applicationId())
                .isEqualTo("t.classifier-m");
    }

    private void serve(WeightSnapshot snapshot) {
        serve(snapshot, new RecordHeaders());
    }

    private void serve(WeightSnapshot snapshot, Headers headers) {
        serve(pipeline, snapshot, headers);
    }

    private static void serve(Pipeline to, WeightSnapshot snapshot, Headers headers) {
        to.pipe(Samples.TOPICS.servingWeights().name(), MODEL_KEY, Samples.bytes(snapshot), headers);
    }

    private void classify(long image) {
        pipeline.pipe(
                Samples.TOPICS.images().name(), Samples.text("image-" + image), Samples.bytes(Samples.image(image)));
    }

    private List<TestRecord<String, Prediction>> predictionRecords() {
        return pipeline.records(
                Samples.TOPICS.predictions().name(), Samples.SERDES.prediction().deserializer());
    }

    private List<Prediction> predictions() {
        return predictionRecords().stream().map(TestRecord::value).toList();
    }

    /// Computed again from the snapshot, in a workspace of its own.
    private static Prediction expected(WeightSnapshot snapshot, long image, long offset) {
        Network network = Snapshots.network(snapshot, Samples.FORMAT);
        Workspace workspace = network.newWorkspace();
        ImageRecord record = Samples.image(image);
        int label = network.classify(record.pixels().bytes(), workspace);
        return new Prediction(
                "image-" + image,
                label,
                workspace.outputs(),
                snapshot.id(),
                new Position(0, offset),
                record.capturedAt());
    }
}
