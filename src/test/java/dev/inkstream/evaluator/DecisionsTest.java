package dev.inkstream.evaluator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.network.Network;
import dev.inkstream.record.Label;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.record.ModelCommand;
import dev.inkstream.record.ModelCommand.Request;
import dev.inkstream.record.ModelDecision;
import dev.inkstream.record.ModelDecision.Kind;
import dev.inkstream.record.ModelDecision.Mode;
import dev.inkstream.record.Prediction;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.DecisionHeader;
import dev.inkstream.stream.Pipeline;
import dev.inkstream.stream.RememberedRecords;
import dev.inkstream.stream.Samples;
import dev.inkstream.stream.Snapshots;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What is decided about versions and commands, through the topology.
class DecisionsTest {
    private static final byte[] MODEL_KEY = Samples.text(Samples.MODEL);
    private static final WeightSnapshot TEACHER = Samples.snapshot(1);

    private final RememberedRecords published =
            new RememberedRecords(Samples.TOPICS.weightSnapshots().name());
    private final RememberedRecords ledger =
            new RememberedRecords(Samples.TOPICS.modelDecisions().name());
    private final List<ModelDecision> decisions = new ArrayList<>();
    private Pipeline pipeline = evaluator(PromotionPolicy.HOLDOUT);
    private long offset;

    @AfterEach
    void close() {
        pipeline.close();
    }

    private Pipeline evaluator(PromotionPolicy policy) {
        return new Pipeline(new EvaluatorTopology(
                        new EvaluatorSettings(
                                Samples.TOPICS,
                                Samples.MODEL,
                                Samples.FORMAT,
                                DecisionRules.of(policy).withMinHoldout(200)),
                        Samples.REGISTRY,
                        new PastRecords.OfModel(published, ledger),
                        new SimpleMeterRegistry())
                .get());
    }

    @Test
    void theFirstVersionThatIsBetterThanGuessingServes() {
        holdWhatTheTeacherSays(200);
        publish(noise(0));
        publish(version(1, 0));
        assertThat(kinds()).containsExactly(Kind.REFUSED, Kind.PROMOTED);
        assertThat(decisions.getFirst().origin().reason()).isEqualTo("no better than guessing on the holdout images");
        ModelDecision promoted = decisions.getLast();
        assertThat(promoted.number()).isEqualTo(1);
        assertThat(promoted.subject().orElseThrow().snapshotOffset()).hasValue(1);
        assertThat(promoted.after().serving()).hasValue(1);
        assertThat(promoted.evidence().holdout().orElseThrow().correct()).isEqualTo(200);
        assertThat(served()).containsExactly("digits v1");
    }

    @Test
    void aVersionThatIsWorseBeyondChanceIsRefused() {
        holdWhatTheTeacherSays(200);
        publish(version(1, 0));
        publish(noise(2));
        publish(version(3, 0.1f));
        assertThat(kinds()).containsExactly(Kind.PROMOTED, Kind.REFUSED, Kind.PROMOTED);
        assertThat(decisions.get(2).replaced()).hasValue(1);
        assertThat(decisions
                        .get(2)
                        .evidence()
                        .holdout()
                        .orElseThrow()
                        .serving()
                        .orElseThrow()
                        .version())
                .isEqualTo(1);
        assertThat(served()).containsExactly("digits v1", "digits v3", "digits@shadow v1");
    }

    /// Each is hardly worse than the one before, but not than the best.
    /// One bit of a number is enough, and no digest covers it.
    @Test
    void aNumberThatIsFarAheadDoesNotEndTheLineOfVersions() {
        holdWhatTheTeacherSays(200);
        publish(version(1, 0));
        publish(noise(Long.MAX_VALUE));
        publish(version(2, 0));
        publish(noise(70));
        publish(version(3, 0));
        // The model was started again.
        publish(version(1, 0));
        publish(version(2, 0));
        assertThat(kinds())
                .containsExactly(
                        Kind.PROMOTED,
                        Kind.REFUSED,
                        Kind.PROMOTED,
                        Kind.REFUSED,
                        Kind.PROMOTED,
                        Kind.REFUSED,
                        Kind.REFUSED);
        assertThat(decisions.getLast().origin().reason()).isEqualTo("v3 was published before it");
    }

    @Test
    void smallLossesDoNotAddUp() {
        holdWhatTheTeacherSays(2_000);
        publish(version(1, 0));
        for (int i = 2; i < 40; i++) {
            publish(version(i, 0.002f * i));
        }
        long worst = decisions.stream()
                .filter(decision -> decision.kind() == Kind.PROMOTED)
                .mapToLong(
                        decision -> decision.evidence().holdout().orElseThrow().correct())
                .min()
                .orElseThrow();
        assertThat(kinds()).contains(Kind.REFUSED);
        assertThat(worst).isGreaterThan(2_000 - 7);
        assertThat(decisions)
                .filteredOn(decision -> decision.kind() == Kind.REFUSED)
                .extracting(decision -> decision.origin().reason())
                .anyMatch(reason -> reason.contains("the best that has served"));
    }

    @Test
    void aCandidateWaitsForHoldoutImages() {
        publish(version(1, 0));
        publish(version(2, 0));
        assertThat(kinds()).containsExactly(Kind.PASSED_OVER);
        holdWhatTheTeacherSays(200);
        assertThat(kinds()).containsExactly(Kind.PASSED_OVER, Kind.PROMOTED);
        assertThat(decisions.getLast().after().serving()).hasValue(2);
    }

    @Test
    void commandsAreCarriedOutAndNamed() {
        holdWhatTheTeacherSays(200);
        publish(version(1, 0));
        publish(noise(2));
        ask("a", new Request.Promote(2));
        assertThat(decisions.getLast().kind()).isEqualTo(Kind.PROMOTED);
        assertThat(decisions.getLast().origin().commandId()).hasValue("a");
        assertThat(decisions.getLast().origin().reason()).isEqualTo("because");
        assertThat(decisions.getLast().after().serving()).hasValue(2);
        assertThat(decisions.getLast().after().shadow()).hasValue(1);
        ask("b", new Request.Rollback(OptionalLong.empty()));
        assertThat(decisions.getLast().kind()).isEqualTo(Kind.RESTORED);
        assertThat(decisions.getLast().after())
                .isEqualTo(new ModelDecision.Standing(OptionalLong.of(1), OptionalLong.empty(), Mode.HELD));
        ask("b2", new Request.Rollback(OptionalLong.empty()));
        assertThat(decisions.getLast().origin().reason())
                .isEqualTo("the evaluator knows no version that served before; name one");
        ask("c", new Request.Pin(1));
        publish(version(3, 0));
        assertThat(decisions.getLast().kind()).isEqualTo(Kind.PASSED_OVER);
        ask("d", new Request.Promote(3));
        assertThat(decisions.getLast().kind()).isEqualTo(Kind.DECLINED);
        ask("e", new Request.Follow());
        ask("f", new Request.Alias("challenger", 3));
        assertThat(decisions.getLast().origin().alias()).hasValue("challenger");
        ask("g", new Request.Promote(9));
        assertThat(decisions.getLast().kind()).isEqualTo(Kind.DECLINED);
        assertThat(decisions.getLast().origin().reason()).startsWith("there is no v9 in weight-snapshots");
        publish(version(4, 0));
        assertThat(decisions.getLast().kind()).isEqualTo(Kind.PROMOTED);
        assertThat(decisions).extracting(ModelDecision::number).isEqualTo(numbers(decisions.size()));
    }

    /// A roll-back ends what a candidate waits for. It waits on for holdout images, as there are too few.
    @Test
    void withoutHoldoutImagesACandidateWaitsOn() {
        for (int i = 1; i <= 3; i++) {
            publish(version(i, 0));
        }
        ask("a", new Request.Promote(1));
        ask("b", new Request.Rollback(OptionalLong.of(2)));
        assertThat(kinds()).containsExactly(Kind.PASSED_OVER, Kind.PASSED_OVER, Kind.PROMOTED, Kind.RESTORED);
        holdWhatTheTeacherSays(200);
        assertThat(kinds()).hasSize(5).endsWith(Kind.SHADOWED);
        assertThat(decisions.getLast().subject().orElseThrow().id().version()).isEqualTo(3);
    }

    @Test
    void whatACommandServesNoLongerWaits() {
        publish(version(1, 0));
        ask("a", new Request.Promote(1));
        publish(version(2, 0));
        ask("b", new Request.Rollback(OptionalLong.of(2)));
        publish(version(3, 0));
        ask("c", new Request.Pin(3));
        assertThat(kinds()).containsExactly(Kind.PROMOTED, Kind.RESTORED, Kind.PINNED);
        ask("d", new Request.Follow());
        holdWhatTheTeacherSays(200);
        assertThat(kinds()).containsExactly(Kind.PROMOTED, Kind.RESTORED, Kind.PINNED, Kind.FOLLOWED);
    }

    /// What served at a time is what the last decision before it left: that is the command, not what followed from it.
    @Test
    void whatWaitedIsPassedOverAfterThePin() {
        for (int i = 1; i <= 3; i++) {
            publish(version(i, 0));
        }
        ask("a", new Request.Pin(2));
        assertThat(kinds()).endsWith(Kind.PINNED, Kind.PASSED_OVER);
        assertThat(decisions.getLast().after()).isEqualTo(decisions.get(2).after());
    }

    /// Snapshots and commands that are read again, with and without the evaluator's own state, were decided about.
    @Test
    void nothingIsDecidedTwice() {
        holdWhatTheTeacherSays(200);
        decideSomething();
        List<ModelDecision> once = List.copyOf(decisions);
        ask("a", new Request.Promote(2));
        assertThat(decisions).as("a command that is read again").isEqualTo(once);

        pipeline.close();
        pipeline = evaluator(PromotionPolicy.HOLDOUT);
        holdWhatTheTeacherSays(200);
        offset = 0;
        decideSomething();
        assertThat(decisions).as("without its state").isEqualTo(once);
        assertThat(pipeline.raw(Samples.TOPICS.evaluations().name())).isEmpty();
        assertThat(served()).isEmpty();

        publish(noise(6));
        publish(version(7, 0));
        ask("h", new Request.Rollback(OptionalLong.empty()));
        assertThat(decisions).extracting(ModelDecision::number).isEqualTo(numbers(once.size() + 3));
        assertThat(decisions.subList(once.size(), once.size() + 3))
                .extracting(ModelDecision::kind)
                .containsExactly(Kind.REFUSED, Kind.PROMOTED, Kind.RESTORED);
        ModelDecision promoted = decisions.get(once.size() + 1);
        assertThat(promoted.replaced()).as("what served").hasValue(4);
        assertThat(promoted.evidence()
                        .holdout()
                        .orElseThrow()
                        .serving()
                        .orElseThrow()
                        .version())
                .isEqualTo(4);
        assertThat(decisions.getLast().after().serving()).hasValue(4);
    }

    private void decideSomething() {
        publish(version(1, 0));
        publish(noise(2));
        ask("a", new Request.Promote(2));
        ask("b", new Request.Rollback(OptionalLong.empty()));
        ask("c", new Request.Alias("challenger", 2));
        ask("d", new Request.Follow());
        publish(version(3, 0));
        publish(version(4, 0));
        publish(noise(5));
    }

    /// A pin of what serves does not change what served before it.
    @Test
    void aRollbackWithoutTheStateGoesBackAsWithIt() {
        holdWhatTheTeacherSays(200);
        publish(version(1, 0));
        publish(version(2, 0));
        ask("a", new Request.Pin(2));
        ask("b", new Request.Follow());
        pipeline.close();
        pipeline = evaluator(PromotionPolicy.HOLDOUT);
        holdWhatTheTeacherSays(200);
        ask("c", new Request.Rollback(OptionalLong.empty()));
        assertThat(kinds()).endsWith(Kind.PINNED, Kind.FOLLOWED, Kind.RESTORED);
        assertThat(decisions.getLast().after().serving()).hasValue(1);
    }

    /// Of a shadow, the ledger has what it ran for; the labels that it saw are counted from the beginning.
    @Test
    void aTrialBeginsAgainWithoutTheState() {
        pipeline.close();
        pipeline = evaluator(PromotionPolicy.LIVE);
        holdWhatTheTeacherSays(200);
        publish(version(1, 0));
        publish(version(2, 0));
        ask("a", new Request.Alias("first", 1));
        pipeline.close();
        pipeline = evaluator(PromotionPolicy.LIVE);
        holdWhatTheTeacherSays(200);
        serveAndLabel(1, 2, 12, true);
        assertThat(decisions.getLast().kind()).isEqualTo(Kind.PROMOTED);
        assertThat(decisions.getLast().number()).isEqualTo(3);
        assertThat(served()).containsExactly("digits v2", "digits@shadow v1");
    }

    /// Predictions with a shadow, and then their labels, come through the live join.
    @Test
    void labelsDecideAboutTheShadow() {
        pipeline.close();
        pipeline = evaluator(PromotionPolicy.LIVE);
        holdWhatTheTeacherSays(200);
        publish(version(1, 0));
        publish(version(2, 0));
        publish(version(3, 0));
        publish(version(4, 0));
        assertThat(kinds()).containsExactly(Kind.PROMOTED, Kind.SHADOWED, Kind.PASSED_OVER);
        assertThat(served()).containsExactly("digits v1", "digits@shadow v2");
        serveAndLabel(1, 2, 12, true);
        assertThat(kinds()).containsExactly(Kind.PROMOTED, Kind.SHADOWED, Kind.PASSED_OVER, Kind.PROMOTED);
        assertThat(decisions.getLast().evidence().live().orElseThrow().wins()).isBetween(9L, 12L);
        assertThat(served()).containsExactly("digits v2", "digits@shadow v1");
        serveAndLabel(2, 1, 12, true);
        assertThat(decisions.get(4).kind()).isEqualTo(Kind.RESTORED);
        assertThat(decisions.get(4).after().mode()).isEqualTo(Mode.HELD);
        assertThat(decisions.get(4).after().serving()).hasValue(1);
        assertThat(decisions.get(5).kind()).as("v4, which waited").isEqualTo(Kind.SHADOWED);
        assertThat(served()).containsExactly("digits v1", "digits@shadow v4");
        serveAndLabel(1, 4, 12, false);
        assertThat(decisions.getLast().kind()).isEqualTo(Kind.REJECTED);
        assertThat(served()).containsExactly("digits@shadow none");
    }

    /// So many images on which one of both is correct.
    private void serveAndLabel(long serving, long shadow, int images, boolean shadowIsCorrect) {
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

    private static List<Long> numbers(int size) {
        return java.util.stream.LongStream.range(0, size).boxed().toList();
    }

    /// Images labeled with what the teacher says of them.
    private void holdWhatTheTeacherSays(int images) {
        Network teacher = Snapshots.network(TEACHER, Samples.FORMAT);
        for (int i = 0; i < images; i++) {
            int label = teacher.classify(Samples.image(i).pixels(), teacher.newWorkspace());
            pipeline.pipe(
                    Samples.TOPICS.holdoutImages().name(),
                    Samples.text("id-" + i),
                    Samples.bytes(new LabeledImage(Samples.image(i), label)));
        }
    }

    /// The teacher with each weight moved by up to so much.
    private static WeightSnapshot version(long number, float by) {
        var parameters = java.nio.ByteBuffer.wrap(TEACHER.parameters().clone()).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        var random = new java.util.Random(number);
        for (int i = 0; i < parameters.capacity(); i += Float.BYTES) {
            parameters.putFloat(i, parameters.getFloat(i) + by * (random.nextFloat() - 0.5f));
        }
        return Samples.withParameters(TEACHER, number, parameters.array());
    }

    /// A version that always says the same.
    private static WeightSnapshot noise(long number) {
        return Samples.withParameters(TEACHER, number, new byte[TEACHER.parameters().length]);
    }

    private void publish(WeightSnapshot snapshot) {
        byte[] bytes = Samples.bytes(snapshot);
        published.put(offset++, bytes);
        pipeline.pipe(Samples.TOPICS.weightSnapshots().name(), MODEL_KEY, bytes);
        kinds();
    }

    private void ask(String id, Request request) {
        ModelCommand command = new ModelCommand(id, Samples.MODEL, request, "ann", "because", Instant.EPOCH);
        pipeline.pipe(
                Samples.TOPICS.modelCommands().name(),
                MODEL_KEY,
                Samples.SERDES.modelCommand().serializer().serialize("any", command));
        kinds();
    }

    private List<Kind> kinds() {
        List<ModelDecision> next = pipeline.values(
                Samples.TOPICS.modelDecisions().name(),
                Samples.SERDES.modelDecision().deserializer());
        next.forEach(decision -> ledger.put(
                ledger.size(), Samples.SERDES.modelDecision().serializer().serialize("any", decision)));
        decisions.addAll(next);
        return decisions.stream().map(ModelDecision::kind).toList();
    }

    private List<String> served() {
        List<TestRecord<String, WeightSnapshot>> records = pipeline.records(
                Samples.TOPICS.servingWeights().name(),
                Samples.SERDES.weightSnapshot().deserializer());
        kinds();
        records.forEach(this::hasItsDecision);
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
