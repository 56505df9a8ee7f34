package dev.inkstream.stream.guard;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.Uuid;

/// The value of a record of the guard topic: whether a process runs under an instance id. Immutable.
///
/// @param process id of the process, drawn at its start
/// @param running false once it has stopped cleanly
record Presence(Uuid process, boolean running) {
    private static final byte FORMAT = 1;
    private static final int BYTES = 1 + 2 * Long.BYTES + 1;

    static byte[] key(String instanceId) {
        return ("instance/" + instanceId).getBytes(StandardCharsets.UTF_8);
    }

    byte[] toBytes() {
        return ByteBuffer.allocate(BYTES)
                .put(FORMAT)
                .putLong(process.getMostSignificantBits())
                .putLong(process.getLeastSignificantBits())
                .put((byte) (running ? 1 : 0))
                .array();
    }

    /// @throws IllegalStateException if the bytes are not of this format
    static Presence fromBytes(byte[] bytes) {
        if (bytes.length != BYTES || bytes[0] != FORMAT) {
            throw new IllegalStateException(
                    "an instance record of the guard topic is not of format 1. A newer version of the program wrote it.");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes, 1, BYTES - 1);
        return new Presence(new Uuid(in.getLong(), in.getLong()), in.get() == 1);
    }
}
