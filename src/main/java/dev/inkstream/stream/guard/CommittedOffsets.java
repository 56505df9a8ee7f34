package dev.inkstream.stream.guard;

import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes to the guard topic what an instance has committed to its group without a transaction. So the guard is never
/// ahead of the group, and not long behind it. Used by one consumer's thread.
///
/// A write that fails is logged, also if it fails after the commit. Brokers that are away fail it for a while, and the
/// next commit of the partition writes a later offset; any other failure, such as a missing permission, fails the next
/// commit.
final class CommittedOffsets implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CommittedOffsets.class);

    private final GuardTopic topic;
    private final Function<String, Uuid> topicIds;
    private final Runnable requireTopic;
    private final Producer<byte[], byte[]> producer;

    /// Set by the producer's thread too.
    private final AtomicReference<@Nullable KafkaException> failure = new AtomicReference<>();

    /// @param topicIds the id of a topic by its name
    /// @param requireTopic throws [UnknownTopicOrPartitionException] if the guard topic is gone
    /// @param producer without transactions; it is closed here
    CommittedOffsets(
            GuardTopic topic,
            Function<String, Uuid> topicIds,
            Runnable requireTopic,
            Producer<byte[], byte[]> producer) {
        this.topic = topic;
        this.topicIds = topicIds;
        this.requireTopic = requireTopic;
        this.producer = producer;
    }

    /// Waits for no answer: what is not written now is written with the next commit.
    ///
    /// @param offsets that the group has accepted
    /// @throws UnknownTopicOrPartitionException if the guard topic is gone
    /// @throws KafkaException if this write or one before it failed, and would fail again
    void write(Map<TopicPartition, OffsetAndMetadata> offsets) {
        requireWritable();
        for (Map.Entry<TopicPartition, OffsetAndMetadata> offset : offsets.entrySet()) {
            Uuid topicId = topicIds.apply(offset.getKey().topic());
            Future<?> sent = producer.send(GuardedOffset.record(topic, topicId, offset), (_, e) -> {
                if (e != null) {
                    failed(offset, e);
                }
            });
            if (sent.state() == Future.State.FAILED) {
                // Each try of a topic that is gone takes max.block.ms.
                requireWritable();
                return;
            }
        }
    }

    private void failed(Map.Entry<TopicPartition, OffsetAndMetadata> offset, Exception e) {
        LOG.warn(
                "committed offset {} of {} could not be written to topic {}: {}",
                offset.getValue().offset(),
                offset.getKey(),
                topic.name(),
                e.getMessage());
        // One that will go away must not hide one that will not.
        failure.accumulateAndGet(
                e instanceof KafkaException kafka ? kafka : new KafkaException(e),
                (before, now) -> before == null || before instanceof RetriableException ? now : before);
    }

    private void requireWritable() {
        KafkaException latest = failure.getAndSet(null);
        if (latest == null) {
            return;
        }
        KafkaException cause = GuardedProducer.cause(latest, requireTopic);
        if (cause instanceof UnknownTopicOrPartitionException || !(cause instanceof RetriableException)) {
            throw cause;
        }
    }

    @Override
    public void close() {
        producer.close(GuardedCluster.CLOSE_TIMEOUT);
    }
}
