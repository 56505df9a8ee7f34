package dev.inkstream.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.stream.PinnedState;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// What the live join keeps and sends itself, byte for byte.
class LiveStateTest {
    private static final long AT = 1_795_694_400_123L;

    private static final PinnedState INPUT = new PinnedState(
            "OutcomeEvent.1",
            "input of the live join",
            OutcomeEvent.serde().serializer().serialize("any", new OutcomeEvent.Predicted(3, AT, 70)),
            bytes -> OutcomeEvent.serde()
                    .serializer()
                    .serialize("any", OutcomeEvent.serde().deserializer().deserialize("any", bytes)));

    private static final PinnedState IMAGE = new PinnedState(
            "PendingOutcome.4",
            "evaluator's state live-images",
            new PendingOutcome(PendingOutcome.State.CLOSED, AT, 70, 0, 1).toBytes(),
            bytes -> PendingOutcome.fromBytes(bytes).toBytes());

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

    private static final PinnedState OUTCOME = new PinnedState(
            "LiveOutcome.1",
            "evaluator's state live-outcomes",
            new DriftWatch.Waiting(70, true).toBytes(),
            bytes -> DriftWatch.Waiting.fromBytes(bytes).toBytes());

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
        for (PinnedState state : List.of(INPUT, IMAGE, COUNTS, WINDOW, OUTCOME, WATCHED, ADWIN)) {
            state.check();
        }
        IMAGE.aKindThatIsNoneIsRefused();
    }

    @Test
    void whatEarlierBuildsWroteIsRead() {
        String at = "%016x".formatted(AT);
        IMAGE.assertReads("03" + at + "%016x".formatted(70) + "00000000" + "00000001");
        COUNTS.assertReads("%016x%016x%016x%016x".formatted(1, 2, 3, 4)
                + "00000005%016x".formatted(2)
                + "0000000b%016x".formatted(1));
        WINDOW.assertReads(at + "%016x".formatted(AT + 60_000) + "00000004");
        OUTCOME.assertReads("%016x".formatted(70) + "01");
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
        assertThat(HexFormat.of().formatHex(DriftWatch.key(AT, new byte[] {1, 2})))
                .isEqualTo("%016x".formatted(AT) + "0102");
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
