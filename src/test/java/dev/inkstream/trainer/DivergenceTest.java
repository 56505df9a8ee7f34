package dev.inkstream.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.inkstream.network.Activation;
import dev.inkstream.network.Architecture;
import dev.inkstream.network.Initialization;
import dev.inkstream.network.NetworkShape;
import dev.inkstream.network.Optimizer;
import dev.inkstream.network.TrainingConfig;
import dev.inkstream.record.ImageRecord;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.Pipeline;
import dev.inkstream.stream.Samples;
import dev.inkstream.trainer.FakeLabeledLog.Entry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Records whose loss is not finite. After two white images at a learning rate of 2e38 the weights are about 1e38: the
/// sum over a white image overflows, while that over a black one, which is the bias alone, does not.
class DivergenceTest {
    private static final Training.Settings SETTINGS = settings(new Optimizer.Sgd(2e38f), 1);
    private static final LabeledImage WHITE = image(0xff, 0);
    private static final LabeledImage BLACK = image(0, 0);

    /// White at 0 and 1 makes the first mini-batch; white at 3, 6, 7 and 10 overflows.
    private static final FakeLabeledLog LOG = FakeLabeledLog.of(
            List.of(WHITE, WHITE, BLACK, WHITE, BLACK, BLACK, WHITE, WHITE, BLACK, BLACK, WHITE, BLACK, BLACK, BLACK));

    private static final List<Long> DIVERGING = List.of(3L, 6L, 7L, 10L);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private static Training.Settings settings(Optimizer optimizer, int snapshotEvery) {
        return new Training.Settings(
                Samples.MODEL,
                new TrainingConfig(
                        new Architecture(NetworkShape.of(6, 4), Activation.RELU, Activation.SOFTMAX),
                        Initialization.HE,
                        optimizer,
                        2,
                        0),
                1,
                snapshotEvery);
    }

    private static LabeledImage image(int pixel, int label) {
        byte[] pixels = new byte[Samples.FORMAT.pixels()];
        Arrays.fill(pixels, (byte) pixel);
        return new LabeledImage(
                new ImageRecord(Samples.FORMAT.width(), Samples.FORMAT.height(), pixels, Instant.ofEpochMilli(1)),
                label);
    }

    /// What a log without the diverging records gives; only their offsets differ.
    private static List<WeightSnapshot> expected() {
        Training training = Training.start(SETTINGS);
        List<WeightSnapshot> versions = new ArrayList<>(List.of(training.snapshot()));
        for (Entry entry : LOG.entries(0, LOG.end())) {
            if (!DIVERGING.contains(entry.offset()) && training.train(entry.offset(), entry.example())) {
                versions.add(training.snapshot());
            }
        }
        assertThat(versions).hasSize(6);
        return versions;
    }

    @Test
    void anExampleWhoseLossIsNotFiniteIsLeftOutOfItsMiniBatch() {
        Training training = Training.start(SETTINGS);
        List<WeightSnapshot> versions = new ArrayList<>(List.of(training.snapshot()));
        List<Long> leftOut = new ArrayList<>();
        for (Entry entry : LOG.entries(0, LOG.end())) {
            if (training.train(entry.offset(), entry.example())) {
                versions.add(training.snapshot());
            }
            if (!training.lastWasLearned()) {
                leftOut.add(entry.offset());
            }
        }
        assertThat(leftOut).isEqualTo(DIVERGING);
        assertThat(versions).isEqualTo(expected());
    }

    @Test
    void stopsAtTheRecordAndPublishesNothing() {
        try (Pipeline trainer = pipeline(SETTINGS, OnDivergence.STOP)) {
            pipe(trainer, 0, 3);
            assertThat(versions(trainer)).isEqualTo(expected().subList(0, 2));
            for (int start = 0; start < 2; start++) {
                assertThatExceptionOfType(TrainingDivergedException.class)
                        .isThrownBy(() -> {
                            TrainerRun run = run(OnDivergence.STOP, checkpoint(trainer));
                            run.deliver(LOG.entries(3, LOG.end()));
                        })
                        .withMessage("model digits diverges at t.labeled-images-0@3: the loss of this record is not"
                                + " finite; look at the record, and start the trainer with --on-divergence skip to send"
                                + " it to the dead letters");
            }
            assertThatExceptionOfType(Exception.class)
                    .isThrownBy(() -> pipe(trainer, 3, 4))
                    .withRootCauseInstanceOf(TrainingDivergedException.class);
            assertThat(versions(trainer)).isEmpty();
            assertThat(trainer.raw(Samples.TOPICS.deadLetters().name())).isEmpty();
        }
    }

    @Test
    void sendsTheRecordToTheDeadLettersAsItCame() {
        try (Pipeline trainer = pipeline(SETTINGS, OnDivergence.SKIP)) {
            pipe(trainer, 0, LOG.end());
            assertThat(versions(trainer)).isEqualTo(expected());
            List<TestRecord<byte[], byte[]>> dead =
                    trainer.raw(Samples.TOPICS.deadLetters().name());
            assertThat(dead)
                    .extracting(letter -> header(letter, "inkstream.offset"))
                    .containsExactly("3", "6", "7", "10");
            assertThat(dead).allSatisfy(letter -> {
                assertThat(letter.key()).isEqualTo(Samples.text("id"));
                assertThat(letter.value()).isEqualTo(Samples.bytes(WHITE));
                assertThat(header(letter, "inkstream.reason")).isEqualTo("DIVERGED");
                assertThat(header(letter, "inkstream.message"))
                        .isEqualTo("its loss for model digits is not finite; nothing was learned from it");
            });
            assertThat(meters.get("inkstream.dead.letters")
                            .tags("topic", "t.labeled-images", "reason", "DIVERGED")
                            .counter()
                            .count())
                    .isEqualTo(4);
            assertThat(meters.get("inkstream.examples.trained").counter().count())
                    .isEqualTo((double) (LOG.end() - 4));
        }
    }

    static LongStream everyOffset() {
        return LongStream.rangeClosed(0, LOG.end());
    }

    /// A record in the gap is left out again, but is no second dead letter.
    @ParameterizedTest
    @MethodSource("everyOffset")
    void resumesFromEveryCommittedPosition(long committed) {
        TrainerRun before = run(OnDivergence.SKIP, null);
        before.deliver(LOG.entries(0, committed));
        TrainerRun after = run(OnDivergence.SKIP, before.checkpoint());
        after.deliver(LOG.entries(committed, LOG.end()));
        assertThat(both(before.published(), after.published())).isEqualTo(expected());
        assertThat(both(before.deadLetters(), after.deadLetters()))
                .isEqualTo(
                        DIVERGING.stream().map(offset -> "DIVERGED@" + offset).toList());
    }

    /// What was skipped and committed stays skipped; the trainer stops at the next such record.
    @Test
    void aTrainerThatStopsAcceptsWhatWasSkippedBefore() {
        TrainerRun before = run(OnDivergence.SKIP, null);
        before.deliver(LOG.entries(0, 4));
        TrainerRun after = run(OnDivergence.STOP, before.checkpoint());
        after.deliver(LOG.entries(4, 6));
        assertThat(both(before.published(), after.published()))
                .isEqualTo(expected().subList(0, 3));
        assertThatExceptionOfType(TrainingDivergedException.class)
                .isThrownBy(() -> after.deliver(LOG.entries(6, 7)))
                .withMessageContaining("t.labeled-images-0@6");
    }

    /// The second update overflows. If a version is due, it is found there, and otherwise at the next record.
    @ParameterizedTest
    @CsvSource({"STOP, 1, 3, 2", "SKIP, 1, 3, 2", "STOP, 10, 4, 1", "SKIP, 10, 4, 1"})
    void stopsWhereAParameterIsNotFinite(OnDivergence mode, int snapshotEvery, long at, int versions) {
        Training.Settings settings = settings(new Optimizer.Adam(3e38f, 0.9f, 0.99f, 1e-8f), snapshotEvery);
        FakeLabeledLog log = FakeLabeledLog.of(List.of(WHITE, WHITE, BLACK, BLACK, BLACK, BLACK));
        byte[] committed = null;
        for (int start = 0; start < 2; start++) {
            TrainerRun run = new TrainerRun(trainer(settings, mode), log, committed);
            long next = start == 0 ? 0 : 3;
            assertThatExceptionOfType(TrainingDivergedException.class)
                    .isThrownBy(() -> run.deliver(log.entries(next, log.end())))
                    .withMessage("model digits diverged at t.labeled-images-0@" + at + ": a parameter is no longer"
                            + " finite, and no later example can repair it; start another model with --model NAME and"
                            + " another --seed or --hidden");
            assertThat(run.deadLetters()).isEmpty();
            if (start == 0) {
                assertThat(run.published()).hasSize(versions);
                committed = run.checkpoint();
            }
        }
    }

    private TrainerRun run(OnDivergence mode, byte[] checkpoint) {
        return new TrainerRun(trainer(SETTINGS, mode), LOG, checkpoint);
    }

    private static TrainerSettings trainer(Training.Settings settings, OnDivergence mode) {
        return new TrainerSettings(Samples.TOPICS, settings, Samples.FORMAT, mode);
    }

    private Pipeline pipeline(Training.Settings settings, OnDivergence mode) {
        return new Pipeline(new TrainerTopology(trainer(settings, mode), Samples.REGISTRY, LOG, meters).get());
    }

    private static void pipe(Pipeline trainer, long from, long to) {
        LOG.entries(from, to)
                .forEach(entry ->
                        trainer.pipe(Samples.TOPICS.labeledImages().name(), Samples.text("id"), entry.value()));
    }

    private static List<WeightSnapshot> versions(Pipeline trainer) {
        return trainer.values(
                Samples.TOPICS.weightSnapshots().name(),
                Samples.SERDES.weightSnapshot().deserializer());
    }

    private static byte[] checkpoint(Pipeline trainer) {
        return trainer.<String, byte[]>store(TrainerTopology.CHECKPOINT).get(Samples.MODEL);
    }

    private static String header(TestRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static <T> List<T> both(List<T> before, List<T> after) {
        List<T> both = new ArrayList<>(before);
        both.addAll(after);
        return both;
    }
}
