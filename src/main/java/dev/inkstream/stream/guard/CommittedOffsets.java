package dev.inkstream.stream.guard;

import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// Writes to the guard topic what an instance has committed to its group without a transaction. So the guard is never
/// ahead of the group, and not long behind it. Used by one consumer's thread.
///
/// @param topicIds the id of a topic by its name
/// @param requireTopic throws [UnknownTopicOrPartitionException] if the guard topic is gone
/// @param producer without transactions; it is closed here
record CommittedOffsets(
        GuardTopic topic, Function<String, Uuid> topicIds, Runnable requireTopic, Producer<byte[], byte[]> producer)
        implements AutoCloseable {
    /// Waits for no answer: what is not written now is written with the next commit.
    ///
    /// @param offsets that the group has accepted
    /// @throws UnknownTopicOrPartitionException if the guard topic is gone
    void write(Map<TopicPartition, OffsetAndMetadata> offsets) {
        for (Map.Entry<TopicPartition, OffsetAndMetadata> offset : offsets.entrySet()) {
            Uuid topicId = topicIds.apply(offset.getKey().topic());
            Future<?> sent = producer.send(GuardedOffset.record(topic, topicId, offset));
            if (sent.state() == Future.State.FAILED) {
                // Each try of a topic that is gone takes max.block.ms.
                requireTopic(sent.exceptionNow());
                return;
            }
        }
    }

    private void requireTopic(Throwable failure) {
        if (failure instanceof KafkaException kafka
                && GuardedProducer.cause(kafka, requireTopic) instanceof UnknownTopicOrPartitionException gone) {
            throw gone;
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
