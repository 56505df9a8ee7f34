package dev.inkstream.live;

import dev.inkstream.record.StateFormat;
import dev.inkstream.record.StateWriter;
import dev.inkstream.stream.Held;
import java.util.List;

/// What the join holds of one image: the first prediction, the first label, or the mark that it awaits neither.
/// Immutable.
///
/// @param time of the record that waits, in milliseconds; of a mark, when the wait ended
/// @param version made the prediction; 0 while there is none
/// @param label the class predicted, or the true one, depending on the state; 0 of a mark
/// @param duplicates further labels that came while the first waits for its prediction
/// @param shadow of a prediction that waits; else [Shadow#NONE]
record PendingOutcome(State state, long time, long version, int label, int duplicates, Shadow shadow) implements Held {
    private static final int OLDEST = 4;
    private static final int VERSION = 5;

    /// More are not counted: no sum of them overflows.
    private static final int MAX_DUPLICATES = 1_000_000_000;

    private static final StateFormat FORMAT =
            new StateFormat("evaluator's state outcomes-by-image-id", OLDEST, VERSION);

    enum State {
        /// A prediction waits for its label.
        PREDICTED,
        /// A label waits for its prediction.
        LABELED,
        /// Both came: a further label is a duplicate.
        JOINED,
        /// The prediction's window ended without a label: one that comes now is late.
        CLOSED;

        private static final List<State> ALL = List.of(values());
    }

    /// What waits for its partner.
    static PendingOutcome of(OutcomeEvent event) {
        return event.isLabel()
                ? new PendingOutcome(State.LABELED, event.time(), 0, event.label(), 0, Shadow.NONE)
                : new PendingOutcome(State.PREDICTED, event.time(), event.version(), event.label(), 0, event.shadow());
    }

    PendingOutcome withDuplicate() {
        return new PendingOutcome(state, time, version, label, Math.min(duplicates + 1, MAX_DUPLICATES), shadow);
    }

    /// The mark that follows.
    PendingOutcome settled(State mark, long at, long byVersion) {
        return new PendingOutcome(mark, at, byVersion, 0, 0, Shadow.NONE);
    }

    @Override
    public boolean waits() {
        return state == State.PREDICTED || state == State.LABELED;
    }

    @Override
    public byte[] toBytes() {
        StateWriter out = FORMAT.writer()
                .number(State.ALL.indexOf(state))
                .number(time)
                .number(version)
                .number(label)
                .number(duplicates);
        shadow.write(out);
        return out.toBytes();
    }

    /// @throws dev.inkstream.record.StateFormatException if the bytes are none of [#toBytes()]
    static PendingOutcome fromBytes(byte[] bytes) {
        return FORMAT.read(
                bytes,
                in -> new PendingOutcome(
                        in.oneOf(State.ALL),
                        in.number(),
                        in.number(),
                        in.smallNumber(),
                        in.smallNumber(),
                        in.version() == OLDEST ? Shadow.NONE : Shadow.read(in)));
    }
}
