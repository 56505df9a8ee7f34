package dev.inkstream.live;

import dev.inkstream.record.StateReader;
import dev.inkstream.record.StateWriter;
import dev.inkstream.stream.JoinClock;

/// The part of a prediction or label that the join needs, in a few bytes. Immutable.
///
/// @param id of the image, in UTF-8
/// @param time of the prediction or label, or [#arrivedAt] if that is earlier, in milliseconds
/// @param arrivedAt clock of the role when it took the record in, in milliseconds
/// @param version made the prediction; [#NONE] of a label
/// @param label the class predicted, or the true one
/// @param shadow of a prediction; [Shadow#NONE] of a label
@SuppressWarnings("ArrayRecordComponent") // never compared
record OutcomeEvent(byte[] id, long time, long arrivedAt, long version, int label, Shadow shadow) {
    /// The version of a label.
    static final long NONE = -1;

    boolean isLabel() {
        return version == NONE;
    }

    /// Source index for [JoinClock].
    int clock() {
        return isLabel() ? JoinClock.LABELS : JoinClock.IMAGES;
    }

    void write(StateWriter out) {
        out.bytes(id).number(time).number(arrivedAt).number(version).number(label);
        shadow.write(out);
    }

    static OutcomeEvent read(StateReader in) {
        return new OutcomeEvent(in.bytes(), in.number(), in.number(), in.number(), in.smallNumber(), Shadow.read(in));
    }
}
