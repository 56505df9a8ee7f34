package dev.inkstream.stream.guard;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/// The value of a record of the guard topic: the offset of a partition that a committed transaction reached. Immutable.
///
/// @param topicId id of the partition's topic, since a topic that is deleted and created again has another;
///     [Uuid#ZERO_UUID] if it was not known
/// @param offset offset of the next record to process
/// @param metadata what Kafka Streams committed with it: the partition's stream time
record GuardedOffset(Uuid topicId, long offset, String metadata) {
    private static final int FORMAT = 1;
    private static final String KEY = "offset/";

    OffsetAndMetadata toOffsetAndMetadata() {
        return new OffsetAndMetadata(offset, Optional.empty(), metadata);
    }

    /// Key of the record of a partition.
    static byte[] key(TopicPartition partition) {
        return (KEY + partition.topic() + "/" + partition.partition()).getBytes(StandardCharsets.UTF_8);
    }

    /// The partition of a record's key; empty if the record is of another kind.
    static Optional<TopicPartition> partition(byte[] key) {
        String text = new String(key, StandardCharsets.UTF_8);
        int slash = text.lastIndexOf('/');
        return text.startsWith(KEY) && slash > KEY.length()
                ? Optional.of(new TopicPartition(
                        text.substring(KEY.length(), slash), Integer.parseInt(text.substring(slash + 1))))
                : Optional.empty();
    }

    byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.writeLong(topicId.getMostSignificantBits());
            out.writeLong(topicId.getLeastSignificantBits());
            out.writeLong(offset);
            out.writeUTF(metadata);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    /// @throws IllegalStateException if the bytes are not of this format
    static GuardedOffset fromBytes(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int format = in.readByte();
            if (format != FORMAT) {
                throw new IllegalStateException("a record of the guard topic has format " + format + "; it must be "
                        + FORMAT + ". A newer version of the program wrote it.");
            }
            return new GuardedOffset(new Uuid(in.readLong(), in.readLong()), in.readLong(), in.readUTF());
        } catch (IOException e) {
            throw new IllegalStateException("a record of the guard topic is too short", e);
        }
    }
}
