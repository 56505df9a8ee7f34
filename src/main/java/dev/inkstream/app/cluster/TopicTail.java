package dev.inkstream.app.cluster;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Reads all partitions of a topic as they grow, committed records only, outside any consumer group.
public final class TopicTail {
    private static final Duration POLL = Duration.ofMillis(100);

    private final Map<String, Object> config;
    private final String topic;

    public TopicTail(KafkaSettings settings, String topic) {
        Map<String, Object> own = new HashMap<>(settings.consumer());
        own.remove(ConsumerConfig.GROUP_ID_CONFIG);
        own.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        own.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        this.config = Map.copyOf(own);
        this.topic = topic;
    }

    /// Hands over every record from the beginning on, and returns when `goOn` says no: it is asked between polls,
    /// ten times a second at the least.
    public void fromBeginning(BooleanSupplier goOn, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (goOn.getAsBoolean()) {
                consumer.poll(POLL).forEach(reader);
            }
        }
    }
}
