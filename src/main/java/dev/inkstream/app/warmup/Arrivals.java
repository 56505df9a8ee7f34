package dev.inkstream.app.warmup;

import dev.inkstream.app.cluster.TopicReader;
import dev.inkstream.app.console.UserException;
import dev.inkstream.stream.Topic;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/// Waits for what roles write. Immutable.
///
/// @param reader its stop signal ends the wait
record Arrivals(TopicReader reader) {
    private static final Duration POLL = Duration.ofMillis(100);

    /// Returns when a topic has had so many committed records.
    ///
    /// @throws UserException if the stop signal comes before them
    void await(Topic<?, ?> topic, int count) {
        int arrived = 0;
        try (KafkaConsumer<byte[], byte[]> consumer = reader.open()) {
            List<TopicPartition> partitions = TopicReader.partitions(consumer, List.of(topic.name()));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (arrived < count) {
                requireTime(topic, count, arrived);
                arrived += consumer.poll(POLL).count();
            }
        } catch (WakeupException e) {
            requireTime(topic, count, arrived);
        }
    }

    private void requireTime(Topic<?, ?> topic, int count, int arrived) {
        if (reader.stop().isRequested()) {
            throw new UserException(
                    "the roles have written %,d records to %s, and not %,d: one of them failed, or was too slow"
                            .formatted(arrived, topic.name(), count));
        }
    }
}
