package dev.inkstream.stream.guard;

import dev.inkstream.record.StateFormat;
import dev.inkstream.record.StateFormatException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.Uuid;

/// The value of a record of the guard topic: whether a process runs under an instance id. Immutable.
///
/// @param process id of the process, drawn at its start
/// @param running false once it has stopped cleanly
public record InstanceRecord(Uuid process, boolean running) {
    private static final StateFormat FORMAT = StateFormat.first("instance record of the guard topic");

    static byte[] key(String instanceId) {
        return ("instance/" + instanceId).getBytes(StandardCharsets.UTF_8);
    }

    public byte[] toBytes() {
        return FORMAT.writer().text(process.toString()).flag(running).toBytes();
    }

    /// @throws StateFormatException if the bytes are not of a format that this build reads
    public static InstanceRecord fromBytes(byte[] bytes) {
        return FORMAT.read(bytes, in -> new InstanceRecord(Uuid.fromString(in.text()), in.flag()));
    }
}
