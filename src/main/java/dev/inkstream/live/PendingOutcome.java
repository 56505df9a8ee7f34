package dev.inkstream.live;

import dev.inkstream.record.StateFormat;
import java.nio.ByteBuffer;
import java.util.List;

/// What is remembered of one image: the first prediction, the first label, or both. Immutable.
///
/// @param state what has come of it
/// @param since record timestamp, in milliseconds, of whichever came first
/// @param version made the prediction; 0 while there is none
/// @param label the class predicted, or the true one, as the state tells; 0 once the image is settled
/// @param duplicates further labels that came while the first waits for its prediction
record PendingOutcome(State state, long since, long version, int label, int duplicates) {
    /// Memory that its bytes are taken to need: no less than they do, for versions below two billions.
    static final int BYTES = 25;

    /// Formats 0 to 3: before there were versions, the state came first, and all was of one length.
    private static final int LAST_UNVERSIONED = 3;

    private static final StateFormat FORMAT =
            new StateFormat("evaluator's state live-images", LAST_UNVERSIONED + 1, LAST_UNVERSIONED + 1);

    enum State {
        /// A prediction waits for its label.
        PREDICTED(0),
        /// A label waits for its prediction.
        LABELED(1),
        /// Both came: a further label is a duplicate.
        JOINED(2),
        /// The prediction's window ended without a label: one that comes now is late.
        CLOSED(3);

        private static final List<State> BY_CODE = List.of(PREDICTED, LABELED, JOINED, CLOSED);

        /// What it is written as.
        private final byte code;

        State(int code) {
            this.code = (byte) code;
        }

        /// Whether something is still waited for.
        boolean open() {
            return this == PREDICTED || this == LABELED;
        }
    }

    static PendingOutcome predicted(OutcomeEvent.Predicted prediction, long timestamp) {
        return new PendingOutcome(State.PREDICTED, timestamp, prediction.version(), prediction.label(), 0);
    }

    static PendingOutcome labeled(OutcomeEvent.Labeled label, long timestamp) {
        return new PendingOutcome(State.LABELED, timestamp, 0, label.label(), 0);
    }

    PendingOutcome withDuplicate() {
        return new PendingOutcome(state, since, version, label, duplicates + 1);
    }

    /// Nothing is waited for any more.
    PendingOutcome settled(State settled, long byVersion) {
        return new PendingOutcome(settled, since, byVersion, 0, 0);
    }

    byte[] toBytes() {
        return FORMAT.writer()
                .number(state.code)
                .number(since)
                .number(version)
                .number(label)
                .number(duplicates)
                .toBytes();
    }

    /// @throws dev.inkstream.record.StateFormatException if the bytes are no image
    static PendingOutcome fromBytes(byte[] bytes) {
        if (bytes.length > 0 && bytes[0] <= LAST_UNVERSIONED && bytes[0] >= 0) {
            return unversioned(ByteBuffer.wrap(bytes));
        }
        return FORMAT.read(
                bytes,
                in -> new PendingOutcome(
                        in.oneOf(State.BY_CODE), in.number(), in.number(), in.smallNumber(), in.smallNumber()));
    }

    private static PendingOutcome unversioned(ByteBuffer in) {
        return new PendingOutcome(State.BY_CODE.get(in.get()), in.getLong(), in.getLong(), in.getInt(), in.getInt());
    }
}
