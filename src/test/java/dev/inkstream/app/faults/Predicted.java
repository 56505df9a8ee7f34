package dev.inkstream.app.faults;

import dev.inkstream.app.cluster.KafkaSettings;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Counts committed predictions as they come. Not thread-safe.
final class Predicted implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private int count;

    Predicted(KafkaSettings kafka, String topic) {
        consumer = new KafkaConsumer<>(
                kafka.with("isolation.level", "read_committed")
                        .with("auto.offset.reset", "earliest")
                        .consumer(),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
    }

    /// How many there are now.
    int count() {
        count += consumer.poll(POLL).count();
        return count;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
