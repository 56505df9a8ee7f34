package dev.inkstream.stream.guard;

import dev.inkstream.record.StateFormat;
import dev.inkstream.record.StateFormatException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/// A record of the guard topic: whether a process runs under an instance id. Immutable.
///
/// The host's view of the process is a header: builds before it read the record without, and this build theirs.
///
/// @param process id of the process, drawn at its start
/// @param running false once it has stopped cleanly
/// @param onHost the same process, as another one of its host can find it; empty if none can, or if an earlier build
///     wrote the record
public record InstanceRecord(Uuid process, boolean running, Optional<HostProcess> onHost) {
    static final String ON_HOST = "inkstream.process";

    private static final StateFormat FORMAT = StateFormat.first("instance record of the guard topic");

    static byte[] key(String instanceId) {
        return ("instance/" + instanceId).getBytes(StandardCharsets.UTF_8);
    }

    /// @throws StateFormatException if the value is not of a format that this build reads
    static InstanceRecord of(ConsumerRecord<byte[], byte[]> record) {
        InstanceRecord alone = fromBytes(record.value());
        return new InstanceRecord(
                alone.process, alone.running, onHost(record.headers().lastHeader(ON_HOST)));
    }

    private static Optional<HostProcess> onHost(@Nullable Header header) {
        try {
            return Optional.ofNullable(header).map(Header::value).map(HostProcess::fromBytes);
        } catch (StateFormatException | IllegalArgumentException e) {
            // Of a later build. Without it a successor waits, which is always safe.
            return Optional.empty();
        }
    }

    ProducerRecord<byte[], byte[]> toRecord(GuardTopic topic, String instanceId) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic.name(), 0, key(instanceId), toBytes());
        onHost.ifPresent(process -> record.headers().add(ON_HOST, process.toBytes()));
        return record;
    }

    /// The value.
    public byte[] toBytes() {
        return FORMAT.writer().text(process.toString()).flag(running).toBytes();
    }

    /// Reads a value, which does not have [#onHost()].
    ///
    /// @throws StateFormatException if the bytes are not of a format that this build reads
    public static InstanceRecord fromBytes(byte[] bytes) {
        return FORMAT.read(bytes, in -> new InstanceRecord(Uuid.fromString(in.text()), in.flag(), Optional.empty()));
    }
}
