package dev.inkstream.stream;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// An image or a label that came, or the mark that both did: what the labeler keeps of an image id, and what goes
/// through its internal topic. Immutable: `bytes` belongs to the entry.
///
/// The bytes are the kind, the time (eight bytes, most significant first), and the payload: the image's value as it
/// came, or an [ArrivedLabel]; a mark has none.
///
/// @param time record timestamp of the image or the label; of a mark, the later of the two
record JoinEntry(Kind kind, long time, byte[] bytes) {
    private static final int HEADER = 1 + Long.BYTES;

    /// What an entry is.
    enum Kind {
        IMAGE('i'),
        LABEL('l'),
        /// Image and label have been joined.
        JOINED('j');

        private final byte code;

        Kind(char code) {
            this.code = (byte) code;
        }

        private static Kind ofCode(byte code) {
            for (Kind kind : values()) {
                if (kind.code == code) {
                    return kind;
                }
            }
            throw new IllegalStateException("the labeler's state cannot be read: it has an entry of kind " + code
                    + ", unknown to this version");
        }
    }

    static JoinEntry of(Kind kind, long time, byte[] payload) {
        byte[] bytes = ByteBuffer.allocate(HEADER + payload.length)
                .put(kind.code)
                .putLong(time)
                .put(payload)
                .array();
        return new JoinEntry(kind, time, bytes);
    }

    /// @throws IllegalStateException if the bytes are no entry
    static JoinEntry ofBytes(byte[] bytes) {
        return new JoinEntry(Kind.ofCode(bytes[0]), ByteBuffer.wrap(bytes).getLong(1), bytes);
    }

    /// A copy of what follows kind and time.
    byte[] payload() {
        return Arrays.copyOfRange(bytes, HEADER, bytes.length);
    }
}
