package dev.inkstream.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.inkstream.record.LiveEvaluation;
import dev.inkstream.stream.ImageFormat;
import dev.inkstream.stream.JoinClock;
import dev.inkstream.stream.ModelMismatchException;
import dev.inkstream.stream.Samples;
import dev.inkstream.stream.TimeIndex;
import dev.inkstream.stream.intake.RecordDecoder;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the live join keeps, over restarts and under inputs that would fill it. Labels wait ten minutes, times are in
/// milliseconds.
class LiveJoinTest {
    private static final int MINUTE = 60_000;
    private static final LiveSettings SETTINGS = settings(Duration.ofMinutes(1), 1_000_000);

    private final LiveJoin join = new LiveJoin(SETTINGS);

    @ParameterizedTest
    @ValueSource(longs = {1_000_000, 5_000})
    void whatIsToldDoesNotDependOnRestarts(long maxBytes) {
        List<LiveEvaluation> whole = run(maxBytes, i -> false);
        assertThat(sum(whole, live -> live.confusion().examples())).isPositive();
        assertThat(sum(whole, live -> live.unmatched().duplicateLabels())).isPositive();
        assertThat(sum(whole, live -> live.unmatched().predictionsWithoutLabel()))
                .isPositive();
        assertThat(run(maxBytes, i -> true)).isEqualTo(whole);
        assertThat(run(maxBytes, i -> i % 97 == 0)).isEqualTo(whole);
    }

    private static List<LiveEvaluation> run(long maxBytes, IntPredicate restartBefore) {
        LiveSettings settings = settings(Duration.ofMinutes(1), maxBytes);
        LiveJoin join = new LiveJoin(settings);
        Random random = new Random(20_261_124);
        for (int i = 0; i < 3_000; i++) {
            if (restartBefore.test(i)) {
                join.restart(settings);
            }
            String id = "id-" + random.nextInt(100);
            long millis = 10_000L * i + (random.nextInt(10) == 0 ? 0 : random.nextInt(20 * MINUTE));
            if (random.nextBoolean()) {
                join.predict(id, 1, millis);
            } else {
                join.label(id, random.nextInt(2), millis);
            }
        }
        return join.published();
    }

    @Test
    void shorterWindowsBeginWhereTheOpenOneEndsWithTheNextOfThem() {
        join.restart(settings(Duration.ofMinutes(5), 1_000_000));
        outcome("a", 5 * MINUTE + 1);
        outcome("b", 7 * MINUTE + 30_000);
        join.restart(SETTINGS);
        outcome("c", 7 * MINUTE + 30_001);
        outcome("d", 8 * MINUTE);
        outcome("e", 20 * MINUTE);
        assertThat(join.published())
                .extracting(LiveJoinTest::text)
                .containsExactly("5:00 to 8:00: 3", "8:00 to 9:00: 1");
    }

    @Test
    void longerWindowsBeginWhereTheOpenOneEnds() {
        outcome("a", 6 * MINUTE);
        outcome("b", 7 * MINUTE);
        join.restart(settings(Duration.ofMinutes(5), 1_000_000));
        outcome("c", 7 * MINUTE + 1);
        outcome("d", 8 * MINUTE);
        outcome("e", 11 * MINUTE);
        // Published already when it was the turn of another window: it belongs to the one that is open.
        outcome("f", 6 * MINUTE);
        outcome("g", 20 * MINUTE);
        assertThat(join.published())
                .extracting(LiveJoinTest::text)
                .containsExactly("6:00 to 7:00: 1", "7:00 to 8:00: 2", "8:00 to 10:00: 1", "10:00 to 15:00: 2");
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5})
    void anotherNumberOfClassesIsRefused(int classes) {
        outcome("a", MINUTE);
        ImageFormat other = new ImageFormat(Samples.FORMAT.width(), Samples.FORMAT.height(), classes);
        assertThatExceptionOfType(ModelMismatchException.class)
                .isThrownBy(() -> join.restart(SETTINGS, other))
                .withMessage("model digits was evaluated on 4 classes, but this evaluator was started with " + classes
                        + "; start it with --classes 4, or start another model with --model NAME");
    }

    @Test
    void manyImagesOfOneMillisecondAtTheLimitCostNoMoreThanFew() {
        int images = 6_000;
        for (int i = 0; i < images; i++) {
            join.predict("image-" + i, 1, MINUTE);
        }
        assertThat(join.images().approximateNumEntries()).isBetween(3_000L, 4_500L);
        assertThat(join.images().gets()).isLessThan(4 * images);
        assertThat(join.images().scans()).as("the scan of the start").isZero();
    }

    @Test
    void allThatIsOverdueAfterASilenceIsTakenOutOnce() {
        int images = 3_000;
        for (int i = 0; i < images; i++) {
            join.predict("image-" + i, 1, MINUTE + i);
        }
        for (long waited = 0; waited <= JoinClock.PATIENCE.toMillis(); waited += JoinClock.LONGEST_STEP.toMillis()) {
            join.predict("much later", 1, 1_000L * MINUTE + waited);
        }
        assertThat(join.images().approximateNumEntries()).isEqualTo(1);
        assertThat(join.images().gets()).isLessThan(4 * images);
        assertThat(join.images().scans()).isZero();
    }

    @Test
    void theLongestIdsTakeTheMemoryThatIsAllowed() {
        String rest = "x".repeat(RecordDecoder.MAX_KEY_BYTES - 5);
        for (int i = 0; i < 1_000; i++) {
            join.label("%05d".formatted(i) + rest, 1, MINUTE);
        }
        int bytes = new PendingOutcome(PendingOutcome.State.LABELED, MINUTE, 0, 1, 0, Shadow.NONE).toBytes().length;
        assertThat(join.images().approximateNumEntries())
                .isEqualTo(1_000_000 / TimeIndex.size(new byte[RecordDecoder.MAX_KEY_BYTES], bytes));
    }

    @Test
    void slicesThatWaitInATimeThatStandsStillAreBounded() {
        LiveSettings settings = new LiveSettings(
                Duration.ofHours(1), Duration.ofMinutes(1), 1_000_000, 0.002, Duration.ofSeconds(10), 1);
        LiveJoin still = new LiveJoin(settings);
        for (int i = 0; i < DriftWatch.MAX_SLICES + 2_000; i++) {
            // Labels do not get beyond the first minute, and no time of arrival passes: stream time stands still.
            still.predict("image-" + i, 1, MINUTE + 100L * i, MINUTE);
            still.label("image-" + i, 1, MINUTE, MINUTE);
        }
        assertThat(still.slices().approximateNumEntries()).isEqualTo(DriftWatch.MAX_SLICES);
    }

    /// The last label of a burst is counted in its window, though no prediction moves report time on.
    @Test
    void anOutcomeIsSentWhileReportTimeStandsStill() {
        join.predict("a", 1, MINUTE);
        join.label("a", 1, MINUTE + 1, MINUTE + 1);
        join.label("b", 1, MINUTE + 500, MINUTE + 500);
        assertThat(join.slices().approximateNumEntries()).isEqualTo(1);
    }

    @Test
    void anOutcomeIsSentWithoutFurtherRecords() {
        join.predict("a", 1, MINUTE, MINUTE);
        join.predict("b", 1, MINUTE, MINUTE);
        join.label("a", 1, MINUTE, MINUTE);
        int due = join.batches();
        join.label("b", 1, MINUTE, MINUTE);
        assertThat(join.batches()).isEqualTo(due);
        join.silence();
        join.silence();
        assertThat(join.batches()).as("nothing is sent twice").isEqualTo(due + 1);
    }

    @Test
    void countsAheadOfTheOpenWindowAreMergedByLongerWindows() {
        outcome("a", MINUTE);
        join.predict("b", 1, 2 * MINUTE, 2 * MINUTE);
        join.label("b", 1, MINUTE, 2 * MINUTE);
        join.predict("c", 1, 3 * MINUTE, 3 * MINUTE);
        join.label("c", 1, MINUTE, 3 * MINUTE);
        join.silence();
        join.restart(settings(Duration.ofMinutes(5), 1_000_000));
        outcome("z", 20 * MINUTE);
        outcome("end", 30 * MINUTE);
        assertThat(join.published())
                .extracting(LiveJoinTest::text)
                .startsWith("1:00 to 2:00: 1", "2:00 to 5:00: 2")
                .doesNotHaveDuplicates();
    }

    @Test
    void anotherNumberOfPartitionsIsRefused() {
        outcome("a", MINUTE);
        LiveSettings three = new LiveSettings(
                Duration.ofMinutes(10), Duration.ofMinutes(1), 1_000_000, 0.002, Duration.ofSeconds(10), 3);
        assertThatExceptionOfType(ModelMismatchException.class)
                .isThrownBy(() -> join.restart(three))
                .withMessage("the live join of model digits has 1 partitions, but this evaluator was started with 3;"
                        + " start it with --live-partitions 1, or start another model with --model NAME");
    }

    @Test
    void outcomesWaitForTheDriftDetectorUntilBothKindsHaveComeSoFar() {
        for (int i = 0; i < 1_000; i++) {
            outcome("image-" + i, MINUTE + i);
        }
        assertThat(join.slices().approximateNumEntries())
                .as("ten, but what the open batch holds")
                .isBetween(8L, 10L);
        join.predict("time advances", 1, 2 * MINUTE);
        assertThat(join.slices().approximateNumEntries())
                .as("a label may still come")
                .isPositive();
        join.label("for labels too", 1, 2 * MINUTE);
        assertThat(join.slices().approximateNumEntries()).isZero();
    }

    /// Nothing of a batch is lost, nor sent twice.
    @Test
    void moreItemsThanABatchHoldsAreSentAtOnce() {
        int images = 2 * OpenBatch.MAX_ITEMS + 3;
        for (int i = 0; i < images; i++) {
            join.predict("image-" + i, 1, MINUTE);
        }
        for (long waited = 0; waited <= JoinClock.PATIENCE.toMillis(); waited += JoinClock.LONGEST_STEP.toMillis()) {
            join.predict("much later", 1, 1_000L * MINUTE + waited);
        }
        outcome("later still", 1_002L * MINUTE);
        assertThat(join.published())
                .as("one window, though time came to its end with the first of the batches")
                .singleElement()
                .satisfies(live ->
                        assertThat(live.unmatched().predictionsWithoutLabel()).isEqualTo(images));
    }

    private void outcome(String id, long millis) {
        join.predict(id, 1, millis);
        join.label(id, 1, millis);
    }

    private static LiveSettings settings(Duration evaluateEvery, long maxBytes) {
        return new LiveSettings(Duration.ofMinutes(10), evaluateEvery, maxBytes, 0.002, Duration.ofSeconds(10), 1);
    }

    private static long sum(List<LiveEvaluation> published, ToLongFunction<LiveEvaluation> count) {
        return published.stream().mapToLong(count).sum();
    }

    private static String text(LiveEvaluation live) {
        Duration start = Duration.ofMillis(live.window().start().toEpochMilli());
        Duration end = Duration.ofMillis(live.window().end().toEpochMilli());
        return "%d:%02d to %d:%02d: %d"
                .formatted(
                        start.toMinutes(),
                        start.toSecondsPart(),
                        end.toMinutes(),
                        end.toSecondsPart(),
                        live.confusion().examples());
    }
}
