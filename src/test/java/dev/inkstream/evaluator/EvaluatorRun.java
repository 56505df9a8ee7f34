package dev.inkstream.evaluator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.network.Network;
import dev.inkstream.record.Label;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.record.ModelCommand;
import dev.inkstream.record.ModelCommand.Request;
import dev.inkstream.record.ModelDecision;
import dev.inkstream.record.ModelDecision.Kind;
import dev.inkstream.record.Prediction;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.DecisionHeader;
import dev.inkstream.stream.Pipeline;
import dev.inkstream.stream.RememberedRecords;
import dev.inkstream.stream.Samples;
import dev.inkstream.stream.Snapshots;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.apache.kafka.streams.test.TestRecord;

/// An evaluator in the test driver, beside the topics that it reads again. Not thread-safe.
final class EvaluatorRun implements AutoCloseable {
    private static final byte[] MODEL_KEY = Samples.text(Samples.MODEL);
    private static final WeightSnapshot TEACHER = Samples.snapshot(1);

    private final RememberedRecords published =
            new RememberedRecords(Samples.TOPICS.weightSnapshots().name());
    private final RememberedRecords ledger =
            new RememberedRecords(Samples.TOPICS.modelDecisions().name());
    private final RememberedRecords serving =
            new RememberedRecords(Samples.TOPICS.servingWeights().name());
    private final List<ModelDecision> decisions = new ArrayList<>();
    private Pipeline pipeline = evaluator(PromotionPolicy.HOLDOUT);
    private long offset;

    @Override
    public void close() {
        pipeline.close();
    }

    /// All decisions so far, as they come.
    List<ModelDecision> decisions() {
        return decisions;
    }

    Pipeline pipeline() {
        return pipeline;
    }

    /// Starts an evaluator without the state of the one before.
    void restart(PromotionPolicy policy) {
        served();
        pipeline.close();
        pipeline = evaluator(policy);
    }

    /// What is published next lies at offset 0 again.
    void rewind() {
        offset = 0;
    }

    /// Retention removes all snapshots from `weight-snapshots`. A driver that is started again begins with offset 0.
    void expireSnapshots() {
        published.clear();
        offset = 0;
    }

    /// `serving-weights` is lost.
    void loseServingWeights() {
        serving.clear();
    }

    /// `model-decisions` is lost.
    void loseDecisions() {
        ledger.clear();
    }

    private Pipeline evaluator(PromotionPolicy policy) {
        return new Pipeline(new EvaluatorTopology(
                        new EvaluatorSettings(
                                Samples.TOPICS,
                                Samples.MODEL,
                                Samples.FORMAT,
                                DecisionRules.of(policy).withMinHoldout(200)),
                        Samples.REGISTRY,
                        new PastRecords.OfModel(published, ledger, serving),
                        new SimpleMeterRegistry())
                .get());
    }

    /// So many images on which one of both is correct.
    void serveAndLabel(long serving, long shadow, int images, boolean shadowIsCorrect) {
        for (int i = 0; i < images; i++) {
            String id = serving + "-" + shadow + "-" + i;
            Prediction prediction = new Prediction(
                    id,
                    shadowIsCorrect ? 0 : 1,
                    new float[4],
                    version(serving, 0).id(),
                    new Prediction.Position(0, i),
                    Pipeline.RECORD_TIME,
                    Optional.of(new Prediction.Shadow(
                            shadowIsCorrect ? 1 : 0,
                            new float[4],
                            version(shadow, 0).id())));
            pipeline.pipe(
                    Samples.TOPICS.predictions().name(),
                    Samples.text(id),
                    Samples.SERDES.prediction().serializer().serialize("any", prediction));
            pipeline.pipe(
                    Samples.TOPICS.labels().name(),
                    Samples.text(id),
                    Samples.bytes(new Label(1, Pipeline.RECORD_TIME)));
        }
        for (int i = 0; i < 5; i++) {
            pipeline.advanceWallClock(Duration.ofSeconds(1));
        }
        kinds();
    }

    /// Images labeled with what the teacher says of them.
    void holdWhatTheTeacherSays(int images) {
        Network teacher = Snapshots.network(TEACHER, Samples.FORMAT);
        for (int i = 0; i < images; i++) {
            int label = teacher.classify(Samples.image(i).pixels().bytes(), teacher.newWorkspace());
            pipeline.pipe(
                    Samples.TOPICS.holdoutImages().name(),
                    Samples.text("id-" + i),
                    Samples.bytes(new LabeledImage(Samples.image(i), label)));
        }
    }

    /// The teacher with each weight moved by up to so much.
    static WeightSnapshot version(long number, float by) {
        var parameters = ByteBuffer.wrap(TEACHER.parameters().clone()).order(ByteOrder.LITTLE_ENDIAN);
        var random = new Random(number);
        for (int i = 0; i < parameters.capacity(); i += Float.BYTES) {
            parameters.putFloat(i, parameters.getFloat(i) + by * (random.nextFloat() - 0.5f));
        }
        return Samples.withParameters(TEACHER, number, parameters.array());
    }

    /// A version that always says the same.
    static WeightSnapshot noise(long number) {
        return Samples.withParameters(TEACHER, number, new byte[TEACHER.parameters().length]);
    }

    void publish(WeightSnapshot snapshot) {
        byte[] bytes = Samples.bytes(snapshot);
        published.put(offset++, bytes);
        pipeline.pipe(Samples.TOPICS.weightSnapshots().name(), MODEL_KEY, bytes);
        kinds();
    }

    void ask(String id, Request request) {
        ModelCommand command = new ModelCommand(id, Samples.MODEL, request, "ann", "because", Instant.EPOCH);
        pipeline.pipe(
                Samples.TOPICS.modelCommands().name(),
                MODEL_KEY,
                Samples.SERDES.modelCommand().serializer().serialize("any", command));
        kinds();
    }

    List<Kind> kinds() {
        List<ModelDecision> next = pipeline.values(
                Samples.TOPICS.modelDecisions().name(),
                Samples.SERDES.modelDecision().deserializer());
        next.forEach(decision -> ledger.put(
                ledger.size(), Samples.SERDES.modelDecision().serializer().serialize("any", decision)));
        decisions.addAll(next);
        return decisions.stream().map(ModelDecision::kind).toList();
    }

    List<String> served() {
        List<TestRecord<String, WeightSnapshot>> records = pipeline.records(
                Samples.TOPICS.servingWeights().name(),
                Samples.SERDES.weightSnapshot().deserializer());
        kinds();
        records.forEach(this::hasItsDecision);
        records.forEach(record -> serving.put(
                serving.size(),
                Samples.text(record.key()),
                record.value() == null ? null : Samples.bytes(record.value()),
                record.headers()));
        return records.stream()
                .map(record -> record.key()
                        + (record.value() == null
                                ? " none"
                                : " v" + record.value().id().version()))
                .toList();
    }

    /// Its header names a decision after which it serves, or runs beside what serves.
    private void hasItsDecision(TestRecord<String, WeightSnapshot> record) {
        long number = DecisionHeader.number(record.headers()).orElseThrow();
        ModelDecision.Standing after = decisions.get((int) number).after();
        OptionalLong version = record.value() == null
                ? OptionalLong.empty()
                : OptionalLong.of(record.value().id().version());
        assertThat(record.key().equals(Samples.MODEL) ? after.serving() : after.shadow())
                .isEqualTo(version);
    }
}
