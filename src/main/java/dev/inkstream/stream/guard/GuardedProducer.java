package dev.inkstream.stream.guard;

import dev.inkstream.record.Causes;
import dev.inkstream.stream.intake.Outstanding;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// A producer that writes to the guard topic what it commits to the group, in the same transaction. Without
/// transactions it commits nothing; the consumer does.
///
/// A subclass, not a delegate: `Producer` has twenty methods, of which two differ, and Kafka Streams reads the metrics
/// of the producer it gets.
final class GuardedProducer extends KafkaProducer<byte[], byte[]> {
    private final GuardedCluster cluster;
    private final Outstanding outstanding;

    GuardedProducer(Map<String, Object> config, GuardedCluster cluster, Outstanding outstanding) {
        super(config, new ByteArraySerializer(), new ByteArraySerializer());
        this.cluster = cluster;
        this.outstanding = outstanding;
    }

    /// Kafka Streams calls this once a commit, with the offset that each source was processed to.
    ///
    /// @throws UnknownTopicOrPartitionException if the guard topic is gone
    @Override
    public void sendOffsetsToTransaction(
            Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata groupMetadata) {
        outstanding.committed(offsets);
        try {
            // Each try of a topic that is gone takes max.block.ms. What failed here fails the call below too.
            boolean _ = offsets.entrySet().stream().allMatch(this::guard);
            super.sendOffsetsToTransaction(offsets, groupMetadata);
        } catch (KafkaException e) {
            throw cause(e, cluster::requireGuardTopic);
        }
    }

    /// @throws UnknownTopicOrPartitionException if the guard topic is gone
    @Override
    public void commitTransaction() {
        try {
            super.commitTransaction();
        } catch (KafkaException e) {
            throw cause(e, cluster::requireGuardTopic);
        }
    }

    /// Whether the record waits to be sent. A failure that comes later fails the commit.
    private boolean guard(Map.Entry<TopicPartition, OffsetAndMetadata> offset) {
        Uuid topicId = cluster.topicId(offset.getKey().topic());
        Future<?> sent = send(GuardedOffset.record(cluster.topic(), topicId, offset));
        return sent.state() != Future.State.FAILED;
    }

    /// Why a commit failed. A producer that waits for a topic that is gone, and one whose brokers are away, end with
    /// the same timeout, and Kafka Streams tries a commit that timed out again for ever.
    ///
    /// @param requireTopic throws if the guard topic is gone
    static KafkaException cause(KafkaException failure, Runnable requireTopic) {
        if (Causes.include(TimeoutException.class, failure)) {
            try {
                requireTopic.run();
            } catch (UnknownTopicOrPartitionException e) {
                e.addSuppressed(failure);
                return e;
            } catch (KafkaException e) {
                failure.addSuppressed(e);
            }
        }
        return failure;
    }
}
