package dev.inkstream.labeler;

import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.StateFormat;
import dev.inkstream.record.StateReader;
import dev.inkstream.stream.Held;
import dev.inkstream.stream.JoinClock;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/// An image or a label that came, or the mark that both did: what the labeler keeps of an image id, and what goes
/// through its internal topic. Immutable.
///
/// @param time of the image or the label, in milliseconds: its record timestamp, or the clock of the role that took it
///     in if that is earlier; of a mark, the later of the two
/// @param arrivedAt clock of the role when it took the record in, in milliseconds; 0 for a mark
record HeldRecord(long time, long arrivedAt, HeldContent content) implements Held {
    /// Format 1 held an image's value as it came, to be decoded again for the join.
    private static final StateFormat FORMAT = new StateFormat("labeler's state held-by-image-id", 1, 2);

    /// Before there were versions, the kind came first, as a letter. Such entries have no time of arrival.
    private static final List<Byte> UNVERSIONED = List.of((byte) 'i', (byte) 'l', (byte) 'j');

    private static final int UNVERSIONED_HEADER = 1 + Long.BYTES;

    /// What an entry is. The order is that of the schema of format 1.
    enum Kind {
        IMAGE,
        LABEL,
        /// Image and label have been joined.
        JOINED;

        private static final List<Kind> ALL = List.of(values());

        /// Source index for [JoinClock].
        int clock() {
            return this == IMAGE ? JoinClock.IMAGES : JoinClock.LABELS;
        }

        private HeldContent content(byte[] payload) {
            return switch (this) {
                case IMAGE -> new HeldContent.EncodedImage(payload);
                case LABEL -> new HeldContent.Label(payload);
                case JOINED -> new HeldContent.Joined();
            };
        }
    }

    /// The mark that image and label have been joined.
    static HeldRecord joined(long time) {
        return new HeldRecord(time, 0, new HeldContent.Joined());
    }

    Kind kind() {
        return content.kind();
    }

    /// @throws ClassCastException if it is not a label
    PendingLabel pendingLabel() {
        return PendingLabel.fromBytes(((HeldContent.Label) content).pending(), time);
    }

    @Override
    public boolean waits() {
        return kind() != Kind.JOINED;
    }

    @Override
    public byte[] toBytes() {
        return content.write(FORMAT.writer(content.length()))
                .number(time)
                .number(arrivedAt)
                .toBytes();
    }

    /// @throws dev.inkstream.record.StateFormatException if the bytes are no entry
    static HeldRecord fromBytes(byte[] bytes) {
        int kind = bytes.length == 0 ? -1 : UNVERSIONED.indexOf(bytes[0]);
        if (kind >= 0) {
            return unversioned(Kind.ALL.get(kind), bytes);
        }
        return FORMAT.read(bytes, in -> in.version() == 1 ? first(in) : current(in));
    }

    private static HeldRecord current(StateReader in) {
        try {
            HeldContent content = HeldContent.read(in);
            return new HeldRecord(in.number(), in.number(), content);
        } catch (InvalidRecordException e) {
            // The image was valid when it was written.
            throw FORMAT.damaged(in.version());
        }
    }

    private static HeldRecord first(StateReader in) {
        Kind kind = in.oneOf(Kind.ALL);
        return new HeldRecord(in.number(), in.number(), kind.content(in.bytes()));
    }

    private static HeldRecord unversioned(Kind kind, byte[] bytes) {
        long time = ByteBuffer.wrap(bytes).getLong(1);
        return new HeldRecord(time, time, kind.content(Arrays.copyOfRange(bytes, UNVERSIONED_HEADER, bytes.length)));
    }
}
