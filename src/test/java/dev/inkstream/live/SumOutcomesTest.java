package dev.inkstream.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.record.LiveEvaluation;
import dev.inkstream.stream.CountingStore;
import dev.inkstream.stream.JoinClock;
import dev.inkstream.stream.Samples;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The sum of what three partitions of the join send. Windows are of one minute.
class SumOutcomesTest {
    private static final int MINUTE = 60_000;
    private static final LiveModel MODEL = new LiveModel(
            Samples.TOPICS,
            Samples.MODEL,
            Samples.FORMAT,
            new LiveSettings(
                    Duration.ofMinutes(10), Duration.ofMinutes(1), 1_000_000, 0.002, Duration.ofSeconds(10), 3));

    private final MockProcessorContext<String, Object> context = new MockProcessorContext<>();
    private final CountingStore<String> progress =
            CountingStore.of(SumOutcomesProcessor.PROGRESS, Serdes.String(), context.getStateStoreContext());
    private SumOutcomesProcessor sum;

    @BeforeEach
    void start() {
        for (String store : List.of(SumOutcomesProcessor.WINDOWS, SumOutcomesProcessor.SLICES)) {
            context.addStateStore(CountingStore.of(store, Serdes.ByteArray(), context.getStateStoreContext()));
        }
        context.addStateStore(progress);
        restart();
    }

    private void restart() {
        sum = new SumOutcomesProcessor(
                MODEL,
                new LiveMeters(new SimpleMeterRegistry(), MODEL.format().classes()),
                new PairsTo("pairs", Function.identity()));
        sum.init(context);
    }

    @Test
    void aWindowEndsWhenTheSlowestPartitionHasReachedItsEnd() {
        batch(0, 2 * MINUTE, MINUTE, outcome(MINUTE + 1));
        batch(1, 2 * MINUTE, MINUTE, outcome(MINUTE + 2));
        assertThat(examples()).isEmpty();
        batch(2, MINUTE + 30_000, MINUTE, outcome(MINUTE + 3));
        assertThat(examples()).isEmpty();
        batch(2, 2 * MINUTE, MINUTE);
        assertThat(examples()).containsExactly(3L);
    }

    /// In the order in which they are in the batch.
    @Test
    void whatTheShadowSaysIsComparedWithTheLabel() {
        batch(
                0,
                MINUTE,
                MINUTE,
                Counted.outcome(MINUTE, 7, 1, 1, new Shadow(8, 1)),
                Counted.outcome(MINUTE, 7, 1, 2, new Shadow(8, 1)),
                outcome(MINUTE),
                Counted.outcome(MINUTE, 7, 1, 1, new Shadow(8, 3)),
                Counted.outcome(MINUTE, 7, 1, 2, new Shadow(8, 3)));
        assertThat(context.forwarded("pairs"))
                .extracting(forward -> (Object) forward.record().value())
                .containsExactly(
                        new PairedOutcome(7, 8, true, true),
                        new PairedOutcome(7, 8, false, true),
                        new PairedOutcome(7, 8, true, false),
                        new PairedOutcome(7, 8, false, false));
    }

    @Test
    void aQuietPartitionHoldsNoWindowBack() {
        long arrivedAt = MINUTE;
        batch(2, MINUTE, arrivedAt, outcome(MINUTE));
        for (int waited = 0; waited < JoinClock.PATIENCE.toMillis(); waited += 1_000) {
            batch(0, 2 * MINUTE, arrivedAt + waited);
            batch(1, 2 * MINUTE, arrivedAt + waited);
        }
        assertThat(examples()).isEmpty();
        batch(0, 2 * MINUTE, arrivedAt + JoinClock.PATIENCE.toMillis());
        assertThat(examples()).containsExactly(1L);
        // Late, but not lost.
        batch(2, 2 * MINUTE, arrivedAt + JoinClock.PATIENCE.toMillis(), outcome(MINUTE + 1));
        for (int partition = 0; partition < 3; partition++) {
            batch(partition, 3 * MINUTE, arrivedAt + JoinClock.PATIENCE.toMillis());
        }
        assertThat(examples()).containsExactly(1L, 1L);
    }

    /// What an evaluator of before the partitions has left: its clock, and an open window.
    @Test
    void theOpenWindowOfTheJoinOfOnePartitionIsKept() {
        progress.put("clock", JoinClock.at(MINUTE).toBytes());
        progress.put(
                "window",
                new LiveWindows.Progress(MINUTE, 2 * MINUTE, MODEL.format().classes()).toBytes());
        progress.put("drift-watched", DriftWatch.watchedToBytes(MINUTE));
        restart();
        for (int partition = 0; partition < 3; partition++) {
            batch(partition, 2 * MINUTE, MINUTE, outcome(MINUTE + 1));
        }
        assertThat(evaluations()).singleElement().satisfies(live -> {
            assertThat(live.confusion().examples()).isEqualTo(3);
            assertThat(live.window().start().toEpochMilli()).isEqualTo(MINUTE);
            assertThat(live.window().end().toEpochMilli()).isEqualTo(2 * MINUTE);
        });
    }

    /// A batch of many windows keeps the counts of few of them outside the store.
    @Test
    void aBatchOfManyWindowsIsCountedInEach() {
        Counted[] outcomes = new Counted[200];
        for (int i = 0; i < outcomes.length; i++) {
            outcomes[i] = outcome(MINUTE * (1L + i % 100));
        }
        batch(0, MINUTE, MINUTE, outcomes);
        for (int partition = 0; partition < 3; partition++) {
            batch(partition, 200L * MINUTE, MINUTE);
        }
        assertThat(examples()).hasSize(100).containsOnly(2L);
    }

    private static Counted outcome(long time) {
        return Counted.outcome(time, 1, 1, 1, Shadow.NONE);
    }

    private void batch(int partition, long reported, long arrivedAt, Counted... counted) {
        OpenBatch batch = new OpenBatch();
        List.of(counted).forEach(batch::add);
        JoinClock clock = new JoinClock(1);
        clock.advance(0, reported, arrivedAt);
        sum.process(new Record<>(partition, batch.take(clock), reported));
    }

    private List<Long> examples() {
        return evaluations().stream().map(live -> live.confusion().examples()).toList();
    }

    private List<LiveEvaluation> evaluations() {
        return context.forwarded().stream()
                .map(forward -> (LiveEvaluation) forward.record().value())
                .toList();
    }
}
