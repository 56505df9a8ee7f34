package dev.inkstream.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.stream.JoinClock;
import dev.inkstream.stream.PinnedState;
import dev.inkstream.stream.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// What the live join keeps and sends itself, byte for byte.
class LiveStateTest {
    private static final long AT = 1_795_694_400_123L;

    private static final PinnedState INPUT =
            new PinnedState("EventBatch.2", "input of the live join", events().toBytes(), bytes -> {
                EventBatch again = new EventBatch();
                EventBatch.fromBytes(bytes).forEach(again::add);
                return again.toBytes();
            });

    private static final PinnedState IMAGE = new PinnedState(
            "PendingOutcome.5",
            "evaluator's state outcomes-by-image-id",
            new PendingOutcome(PendingOutcome.State.CLOSED, AT, 70, 0, 1, Shadow.NONE).toBytes(),
            bytes -> PendingOutcome.fromBytes(bytes).toBytes(),
            4);

    private static final PinnedState BATCH = new PinnedState(
            "CountedBatch.2",
            "batch of the live join",
            batch().take(clock()),
            bytes -> {
                CountedBatch read = CountedBatch.fromBytes(bytes);
                OpenBatch again = new OpenBatch();
                read.counted().forEach(again::add);
                JoinClock clock = new JoinClock(1);
                clock.advance(0, read.reported(), read.arrivedAt());
                return again.take(clock);
            },
            1);

    private static final PinnedState OPEN_BATCH = new PinnedState(
            "OpenBatch.2",
            "evaluator's state of an open batch",
            batch().toBytes(),
            bytes -> OpenBatch.fromBytes(bytes).toBytes(),
            1);

    private static final PinnedState COUNTS = new PinnedState(
            "LiveCounts.1",
            "evaluator's state live-windows",
            counts().toBytes(),
            bytes -> LiveCounts.fromBytes(bytes, 4).toBytes());

    private static final PinnedState WINDOW = new PinnedState(
            "LiveWindow.1",
            "evaluator's state of the open window",
            new LiveWindows.Progress(AT, AT + 60_000, 4).toBytes(),
            bytes -> LiveWindows.Progress.fromBytes(bytes).toBytes());

    private static final PinnedState SLICE = new PinnedState(
            "DriftSlice.1",
            "evaluator's state live-slices",
            new DriftWatch.Slice(70, 12, 3).toBytes(),
            bytes -> DriftWatch.Slice.fromBytes(bytes).toBytes());

    private static final PinnedState WATCHED = new PinnedState(
            "WatchedTime.1",
            "evaluator's state of the time watched for drift",
            DriftWatch.watchedToBytes(AT),
            bytes -> DriftWatch.watchedToBytes(DriftWatch.watchedFromBytes(bytes)));

    private static final PinnedState ADWIN = new PinnedState(
            "Adwin.1",
            "evaluator's state of the drift detector",
            adwin().toBytes(),
            bytes -> Adwin.fromBytes(bytes, 0.002).toBytes());

    @Test
    void isTheSameForEver() throws IOException {
        for (PinnedState state : List.of(INPUT, IMAGE, BATCH, OPEN_BATCH, COUNTS, WINDOW, SLICE, WATCHED, ADWIN)) {
            state.check();
        }
        IMAGE.aKindThatIsNoneIsRefused();
    }

    /// Versions without a shadow.
    @Test
    void formatsBeforeTheShadowAreRead() throws IOException {
        IMAGE.assertReads(pinned("PendingOutcome.4"));
        OpenBatch batch = new OpenBatch();
        batch.take(clock());
        addWithoutShadow(batch);
        OPEN_BATCH.assertReads(pinned("OpenBatch.1"), batch.toBytes());
        BATCH.assertReads(pinned("CountedBatch.1"), batch.take(clock()));
    }

    private static String pinned(String name) throws IOException {
        return Files.readString(Path.of("src", "test", "resources", "state", name + ".hex"))
                .strip();
    }

    @Test
    void whatEarlierBuildsWroteIsRead() {
        String at = "%016x".formatted(AT);
        COUNTS.assertReads("%016x%016x%016x%016x".formatted(1, 2, 3, 4)
                + "00000005%016x".formatted(2)
                + "0000000b%016x".formatted(1));
        WINDOW.assertReads(at + "%016x".formatted(AT + 60_000) + "00000004");
        ADWIN.assertReads("00000001" + "%016x".formatted(7) + "00000002" + "05"
                + "%016x%016x%016x%016x%016x".formatted(1, 0, 0, 1, 0) + "01" + "%016x".formatted(1));
    }

    /// A store sorts its keys as bytes: these say in which order.
    @Test
    void keysSortByTimeAndWindow() {
        assertThat(new TreeSet<>(List.of(
                        HexFormat.of().formatHex(LiveWindows.key(1, LiveWindows.NO_VERSION)),
                        HexFormat.of().formatHex(LiveWindows.key(AT, 0)),
                        HexFormat.of().formatHex(LiveWindows.key(AT, 70)))))
                .containsExactly(
                        "00000000000000010000000000000000",
                        "%016x".formatted(AT) + "0000000000000001",
                        "%016x".formatted(AT) + "0000000000000047");
        assertThat(HexFormat.of().formatHex(DriftWatch.key(AT))).isEqualTo("%016x".formatted(AT));
    }

    private static EventBatch events() {
        EventBatch batch = new EventBatch();
        batch.add(new OutcomeEvent(Samples.text("a"), AT, AT + 1, 70, 3, new Shadow(69, 2)));
        batch.add(new OutcomeEvent(Samples.text("b"), AT + 2, AT + 2, OutcomeEvent.NONE, 4, Shadow.NONE));
        return batch;
    }

    private static OpenBatch batch() {
        OpenBatch batch = new OpenBatch();
        batch.take(clock());
        addWithoutShadow(batch);
        batch.add(Counted.outcome(AT, 70, 3, 2, new Shadow(69, 3)));
        return batch;
    }

    private static void addWithoutShadow(OpenBatch batch) {
        batch.add(Counted.outcome(AT, 70, 3, 2, Shadow.NONE));
        for (Counted.Kind kind : Counted.Kind.values()) {
            batch.add(new Counted(kind, AT + 1, LiveWindows.NO_VERSION, 1, 0, 2, Shadow.NONE));
        }
    }

    private static JoinClock clock() {
        JoinClock clock = new JoinClock(1);
        clock.advance(0, AT + 5, AT + 9);
        return clock;
    }

    private static LiveCounts counts() {
        LiveCounts counts = new LiveCounts(4);
        counts.lateLabels = 1;
        counts.duplicateLabels = 2;
        counts.predictionsWithoutLabel = 3;
        counts.labelsWithoutPrediction = 4;
        counts.outcome(1, 1);
        counts.outcome(1, 1);
        counts.outcome(2, 3);
        return counts;
    }

    /// The two oldest of six outcomes are one bucket of two.
    private static Adwin adwin() {
        Adwin adwin = new Adwin(0.002);
        for (boolean error : new boolean[] {true, false, true, false, false, true, false}) {
            var _ = adwin.add(error);
        }
        return adwin;
    }
}
