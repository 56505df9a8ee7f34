package dev.inkstream.labeler;

import dev.inkstream.record.StateFormat;
import dev.inkstream.stream.Held;
import dev.inkstream.stream.JoinClock;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/// An image or a label that came, or the mark that both did: what the labeler keeps of an image id, and what goes
/// through its internal topic. Immutable: `payload` belongs to the entry.
///
/// @param time of the image or the label, in milliseconds: its record timestamp, or the clock of the role that took it
///     in if that is earlier; of a mark, the later of the two
/// @param arrivedAt clock of the role when it took the record in, in milliseconds
/// @param payload the image's value as it came, or an [PendingLabel]; a mark has none
record HeldRecord(Kind kind, long time, long arrivedAt, byte[] payload) implements Held {
    private static final StateFormat FORMAT = StateFormat.first("labeler's state held-by-image-id");

    /// Before there were versions, the kind came first, as a letter. Such entries have no time of arrival.
    private static final List<Byte> UNVERSIONED = List.of((byte) 'i', (byte) 'l', (byte) 'j');

    private static final int UNVERSIONED_HEADER = 1 + Long.BYTES;
    private static final byte[] NOTHING = {};

    /// What an entry is. The order is that of the schema.
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
    }

    /// The mark that image and label have been joined.
    static HeldRecord joined(long time) {
        return new HeldRecord(Kind.JOINED, time, 0, NOTHING);
    }

    @Override
    public boolean waits() {
        return kind != Kind.JOINED;
    }

    @Override
    public byte[] toBytes() {
        return FORMAT.writer(payload.length)
                .number(Kind.ALL.indexOf(kind))
                .number(time)
                .number(arrivedAt)
                .bytes(payload)
                .toBytes();
    }

    /// @throws dev.inkstream.record.StateFormatException if the bytes are no entry
    static HeldRecord fromBytes(byte[] bytes) {
        int kind = bytes.length == 0 ? -1 : UNVERSIONED.indexOf(bytes[0]);
        if (kind >= 0) {
            return unversioned(Kind.ALL.get(kind), bytes);
        }
        return FORMAT.read(bytes, in -> new HeldRecord(in.oneOf(Kind.ALL), in.number(), in.number(), in.bytes()));
    }

    private static HeldRecord unversioned(Kind kind, byte[] bytes) {
        long time = ByteBuffer.wrap(bytes).getLong(1);
        return new HeldRecord(kind, time, time, Arrays.copyOfRange(bytes, UNVERSIONED_HEADER, bytes.length));
    }
}
