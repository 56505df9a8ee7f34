package dev.inkstream.stream.guard;

import dev.inkstream.record.StateFormat;
import dev.inkstream.record.StateFormatException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/// The value of a record of the guard topic: the offset of a partition that was committed. Immutable.
///
/// @param topicId id of the partition's topic, since a topic that is deleted and created again has another;
///     [Uuid#ZERO_UUID] if it was not known
/// @param offset offset of the next record to process
/// @param metadata what Kafka Streams committed with it: the partition's stream time
public record GuardedOffset(Uuid topicId, long offset, String metadata) {
    private static final StateFormat FORMAT = StateFormat.first("offset record of the guard topic");
    private static final String KEY = "offset/";

    /// What to resume with, at the offset or at the first one that the log still holds.
    OffsetAndMetadata at(long resumed) {
        return new OffsetAndMetadata(resumed, Optional.empty(), metadata);
    }

    /// The record of a committed offset.
    ///
    /// @param topicId id of the partition's topic
    static ProducerRecord<byte[], byte[]> record(
            GuardTopic guard, Uuid topicId, Map.Entry<TopicPartition, OffsetAndMetadata> committed) {
        OffsetAndMetadata position = committed.getValue();
        GuardedOffset guarded = new GuardedOffset(topicId, position.offset(), position.metadata());
        return new ProducerRecord<>(guard.name(), 0, key(committed.getKey()), guarded.toBytes());
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

    public byte[] toBytes() {
        return FORMAT.writer()
                .text(topicId.toString())
                .number(offset)
                .text(metadata)
                .toBytes();
    }

    /// @throws StateFormatException if the bytes are not of a format that this build reads
    public static GuardedOffset fromBytes(byte[] bytes) {
        return FORMAT.read(bytes, in -> new GuardedOffset(Uuid.fromString(in.text()), in.number(), in.text()));
    }
}
