package dev.inkstream.stream.guard;

import dev.inkstream.stream.intake.Outstanding;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// A producer that writes to the guard topic what it commits to the group, in the same transaction.
///
/// A subclass, not a delegate: `Producer` has twenty methods, of which one differs, and Kafka Streams reads the metrics
/// of the producer it gets.
final class GuardedProducer extends KafkaProducer<byte[], byte[]> {
    private final GuardTopic topic;
    private final Function<Map.Entry<TopicPartition, OffsetAndMetadata>, GuardedOffset> guarded;
    private final Outstanding outstanding;

    GuardedProducer(
            Map<String, Object> config,
            GuardTopic topic,
            Function<Map.Entry<TopicPartition, OffsetAndMetadata>, GuardedOffset> guarded,
            Outstanding outstanding) {
        super(config, new ByteArraySerializer(), new ByteArraySerializer());
        this.topic = topic;
        this.guarded = guarded;
        this.outstanding = outstanding;
    }

    /// Kafka Streams calls this once a commit, with the offset that each source was processed to.
    ///
    /// @throws KafkaException also if the guard topic is gone
    @Override
    public void sendOffsetsToTransaction(
            Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata groupMetadata) {
        outstanding.committed(offsets);
        offsets.entrySet().forEach(this::guard);
        super.sendOffsetsToTransaction(offsets, groupMetadata);
    }

    /// A failure that comes later fails the commit.
    private void guard(Map.Entry<TopicPartition, OffsetAndMetadata> offset) {
        try {
            var _ = send(new ProducerRecord<>(
                    topic.name(),
                    0,
                    GuardedOffset.key(offset.getKey()),
                    guarded.apply(offset).toBytes()));
        } catch (TimeoutException e) {
            // Kafka Streams would try the same commit for ever.
            throw new KafkaException(
                    "the guard topic cannot be written",
                    new UnknownTopicOrPartitionException("topic " + topic.name() + " is missing", e));
        }
    }
}
