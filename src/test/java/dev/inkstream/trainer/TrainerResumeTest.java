package dev.inkstream.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.inkstream.network.Summation;
import dev.inkstream.record.StateFormatException;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.ModelMismatchException;
import dev.inkstream.stream.Samples;
import dev.inkstream.trainer.FakeLabeledLog.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Wherever a trainer is stopped, it resumes and publishes the versions it would have published, to the bit.
class TrainerResumeTest {
    private static final int RECORDS = 60;

    private final FakeLabeledLog log = FakeLabeledLog.ofRecords(RECORDS);
    private List<WeightSnapshot> expected;

    /// A loop over the log, with nothing between the log and the training.
    @BeforeEach
    void trainOffline() {
        Training training = Training.start(Samples.TRAINING);
        expected = new ArrayList<>();
        expected.add(training.snapshot());
        for (Entry entry : log.entries(0, log.end())) {
            if (entry.isGood() && training.train(entry.offset(), entry.example())) {
                expected.add(training.snapshot());
            }
        }
        assertThat(expected).hasSize(5);
        assertThat(expected.stream().map(WeightSnapshot::id)).doesNotHaveDuplicates();
    }

    static LongStream everyOffset() {
        return LongStream.rangeClosed(0, FakeLabeledLog.ofRecords(RECORDS).end());
    }

    @ParameterizedTest
    @MethodSource("everyOffset")
    void goesOnFromEveryCommittedPosition(long committed) {
        TrainerRun before = run(null);
        before.tick();
        before.deliver(log.entries(0, committed));
        assertThat(log.reads()).as("reads of a trainer that was never stopped").isEmpty();
        TrainerRun after = run(before.checkpoint());
        after.tick();
        after.deliver(log.entries(committed, log.end()));
        assertThat(together(before, after)).isEqualTo(expected);
    }

    /// The first one has neither ticked nor seen a record where the position is 0.
    @ParameterizedTest
    @MethodSource("everyOffset")
    void goesOnWithoutATick(long committed) {
        TrainerRun before = run(null);
        before.deliver(log.entries(0, committed));
        TrainerRun after = run(before.checkpoint());
        after.deliver(log.entries(committed, log.end()));
        assertThat(together(before, after)).isEqualTo(expected);
    }

    @Test
    void goesOnThoughItIsStoppedAfterEveryRecord() {
        List<WeightSnapshot> published = new ArrayList<>();
        byte[] checkpoint = null;
        for (Entry entry : log.entries(0, log.end())) {
            TrainerRun run = run(checkpoint);
            run.deliver(List.of(entry));
            published.addAll(run.published());
            checkpoint = run.checkpoint();
        }
        assertThat(published).isEqualTo(expected);
    }

    /// The checkpoint of an earlier build has sequential sums and does not name them.
    @Test
    void keepsTheOrderOfSumsThatItBeganWith() {
        Training.Settings sequential =
                new Training.Settings(Samples.MODEL, Samples.CONFIG.with(Summation.SEQUENTIAL), 1, 3);
        TrainerRun whole = new TrainerRun(sequential, log, null);
        whole.deliver(log.entries(0, log.end()));
        TrainerRun before = new TrainerRun(sequential, log, null);
        before.deliver(log.entries(0, 30));
        TrainerRun after = run(before.checkpoint());
        after.deliver(log.entries(30, log.end()));
        List<WeightSnapshot> published = together(before, after);
        assertThat(published).isEqualTo(whole.published()).isNotEqualTo(expected);
        assertThat(published)
                .allSatisfy(version -> assertThat(version.layers().summation()).isEqualTo("SEQUENTIAL"))
                .noneSatisfy(version -> assertThat(version.training()).contains("summation"));
    }

    @Test
    void readsTheGapAndNoMoreOnce() {
        TrainerRun before = run(null);
        before.deliver(log.entries(0, 30));
        long next = Checkpoint.fromBytes(before.checkpoint()).nextOffset();
        TrainerRun after = run(before.checkpoint());
        assertThat(log.reads()).isEmpty();
        after.deliver(log.entries(30, log.end()));
        assertThat(log.reads()).containsExactly(next + "..30");
        assertThat(next).isPositive();
    }

    /// What lies in the gap was counted by the process before.
    @Test
    void countsWhatItTrainsForTheFirstTime() {
        TrainerRun before = run(null);
        before.deliver(log.entries(0, 30));
        TrainerRun after = run(before.checkpoint());
        after.deliver(log.entries(30, log.end()));
        TrainerRun whole = run(null);
        whole.deliver(log.entries(0, log.end()));
        assertThat(log.reads()).hasSize(1);
        assertThat(before.counted()).isPositive();
        assertThat(before.counted() + after.counted()).isEqualTo(whole.counted());
    }

    /// Before version 1 the checkpoint holds no example, but it knows where the log began: what retention took since
    /// then would be missed.
    @Test
    void resumesFromWhereTheLogBeganAndNotFromZero() {
        TrainerRun before = run(null);
        before.deliver(log.entries(3, 8));
        TrainerRun after = run(before.checkpoint());
        after.deliver(log.entries(8, 12));
        assertThat(log.reads()).containsExactly("3..8");
    }

    /// Negative control: were the gap not read, or its bad records trained, the bits would be others.
    @Test
    void withoutTheGapTheBitsAreOthers() {
        TrainerRun before = run(null);
        before.deliver(log.entries(0, 30));
        TrainerRun after = new TrainerRun(Samples.TRAINING, (from, to, reader) -> {}, before.checkpoint());
        after.deliver(log.entries(30, log.end()));
        List<WeightSnapshot> published = together(before, after);
        assertThat(published.subList(0, 2)).isEqualTo(expected.subList(0, 2));
        assertThat(published.get(2).id().weights())
                .isNotEqualTo(expected.get(2).id().weights());
    }

    /// Negative control: one record less in the gap.
    @Test
    void withoutOneRecordOfTheGapTheBitsAreOthers() {
        TrainerRun before = run(null);
        before.deliver(log.entries(0, 30));
        LabeledLog oneLost = (from, to, reader) -> log.read(from + 3, to, reader);
        TrainerRun after = new TrainerRun(Samples.TRAINING, oneLost, before.checkpoint());
        after.deliver(log.entries(30, log.end()));
        assertThat(together(before, after).get(2).id().weights())
                .isNotEqualTo(expected.get(2).id().weights());
    }

    /// A group's position expires after some idle days, and the topic is read from its beginning.
    @ParameterizedTest
    @ValueSource(longs = {0, 5, 16, 17, 18, 30})
    void skipsWhatIsBehindTheCheckpoint(long position) {
        TrainerRun before = run(null);
        before.deliver(log.entries(0, 30));
        TrainerRun after = run(before.checkpoint());
        after.deliver(log.entries(position, log.end()));
        assertThat(together(before, after)).isEqualTo(expected);
    }

    /// A failed transaction: init() comes again on the same object, with the state and the position of the commit
    /// before.
    @ParameterizedTest
    @MethodSource("everyOffset")
    void startsAnewFromTheLastCommit(long failed) {
        long committed = failed / 2;
        TrainerRun run = run(null);
        run.tick();
        run.deliver(log.entries(0, committed));
        List<WeightSnapshot> published = new ArrayList<>(run.published());
        byte[] checkpoint = run.checkpoint();
        run.deliver(log.entries(committed, failed));
        run.init(checkpoint);
        run.tick();
        run.deliver(log.entries(committed, log.end()));
        published.addAll(run.published());
        assertThat(published).isEqualTo(expected);
    }

    /// The same where nothing was committed before the failure, not even version 0.
    @Test
    void startsAnewFromNothing() {
        TrainerRun run = run(null);
        run.tick();
        run.deliver(log.entries(0, 40));
        run.init(null);
        run.tick();
        run.deliver(log.entries(0, log.end()));
        assertThat(run.published()).isEqualTo(expected);
    }

    @Test
    void publishesVersionZeroNoSecondTime() {
        TrainerRun before = run(null);
        before.tick();
        before.tick();
        assertThat(before.published()).containsExactly(expected.getFirst());
        TrainerRun after = run(before.checkpoint());
        after.tick();
        assertThat(after.published()).isEmpty();
        after.deliver(log.entries(0, log.end()));
        assertThat(after.published()).isEqualTo(expected.subList(1, 5));
    }

    /// How often versions are published is no part of what the weights are.
    @Test
    void anotherIntervalBringsOtherVersionsOfTheSameWeights() {
        TrainerRun before = run(null);
        before.deliver(log.entries(0, log.end()));
        TrainerRun often = new TrainerRun(
                new Training.Settings(Samples.MODEL, Samples.CONFIG, 1, 1), log, versionOneAfter(log.entries(0, 20)));
        often.deliver(log.entries(20, log.end()));
        assertThat(often.published()).isNotEmpty();
        assertThat(often.published().stream().map(version -> version.id().version()))
                .isEqualTo(LongStream.range(2, 2 + often.published().size())
                        .boxed()
                        .toList());
        assertThat(often.published().stream().map(WeightSnapshot::parameters))
                .contains(expected.get(2).parameters(), expected.get(3).parameters());
    }

    @Test
    void refusesToGoOnWithOtherSettings() {
        byte[] checkpoint = run(null, 1).checkpoint();
        assertThatExceptionOfType(ModelMismatchException.class)
                .isThrownBy(() -> run(checkpoint, 2))
                .withMessage("--seed is 2; model digits has 1. Start the trainer with the settings of the model, or"
                        + " start another model with --model NAME.");
    }

    @Test
    void refusesACheckpointThatItCannotRead() {
        assertThatExceptionOfType(StateFormatException.class)
                .isThrownBy(() -> run(new byte[] {9}))
                .withMessage(
                        "the trainer's checkpoint has format 9; this build reads 2 to 3. Start the build that wrote it,"
                                + " or a newer one.");
        Checkpoint good = Checkpoint.fromBytes(run(null, 1).checkpoint());
        byte[] learner = good.learner().clone();
        learner[learner.length / 2] ^= 1;
        byte[] damaged = new Checkpoint(good.training(), good.version(), good.nextOffset(), good.firstOffset(), learner)
                .toBytes();
        assertThatExceptionOfType(StateFormatException.class)
                .isThrownBy(() -> run(damaged))
                .withMessage(
                        "the trainer's checkpoint cannot be read: its learner state is corrupt: its checksum does not"
                                + " match. Start the build that wrote it, or a newer one.");
    }

    /// The checkpoint is there only together with the version it belongs to.
    @Test
    void aCheckpointIsWrittenWithEveryVersionAndAtNoOtherTime() {
        TrainerRun run = run(null);
        List<Long> versions = new ArrayList<>();
        byte[] last = null;
        for (Entry entry : log.entries(0, log.end())) {
            int published = run.published().size();
            run.deliver(List.of(entry));
            if (run.published().size() > published) {
                Checkpoint checkpoint = Checkpoint.fromBytes(run.checkpoint());
                WeightSnapshot version = run.published().getLast();
                assertThat(checkpoint.version()).isEqualTo(version.id().version());
                assertThat(checkpoint.nextOffset()).isEqualTo(version.progress().lastOffset() + 1);
                versions.add(checkpoint.version());
                last = run.checkpoint();
            } else {
                assertThat(run.checkpoint()).isEqualTo(last);
            }
        }
        assertThat(versions).containsExactly(0L, 1L, 2L, 3L, 4L);
    }

    private TrainerRun run(byte[] checkpoint) {
        return new TrainerRun(Samples.TRAINING, log, checkpoint);
    }

    private TrainerRun run(byte[] checkpoint, long seed) {
        TrainerRun run = new TrainerRun(new Training.Settings(Samples.MODEL, Samples.CONFIG, seed, 3), log, checkpoint);
        run.tick();
        return run;
    }

    private byte[] versionOneAfter(List<Entry> entries) {
        TrainerRun run = run(null);
        run.deliver(entries);
        assertThat(run.published()).hasSize(2);
        return run.checkpoint();
    }

    @Test
    void lostExamplesAreNamed() {
        assertThat(new LostExamplesException("t.labeled-images", 10, 15))
                .hasMessage("offsets 10 to 14 of t.labeled-images are gone, but training from the last checkpoint"
                        + " needs them; raise the topic's retention, and start a new model with --model NAME");
    }

    private static List<WeightSnapshot> together(TrainerRun first, TrainerRun second) {
        List<WeightSnapshot> all = new ArrayList<>(first.published());
        all.addAll(second.published());
        return all;
    }
}
