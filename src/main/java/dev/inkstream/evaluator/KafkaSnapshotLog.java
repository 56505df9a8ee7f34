package dev.inkstream.evaluator;

import dev.inkstream.stream.Topics;
import dev.inkstream.stream.intake.CommittedReader;
import dev.inkstream.stream.intake.IntakeLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/// Reads `weight-snapshots` with a [CommittedReader]. Each read opens a consumer and closes it.
public final class KafkaSnapshotLog implements SnapshotLog {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Map<String, Object> config;
    private final TopicPartition partition;
    private final CommittedReader reader = new CommittedReader(PATIENCE, System::nanoTime);

    /// @param clientConfig how to reach the cluster: a consumer's settings, by Kafka's names
    public KafkaSnapshotLog(Map<String, Object> clientConfig, String topic) {
        this.config = Map.copyOf(clientConfig);
        this.partition = new TopicPartition(topic, 0);
    }

    @Override
    public Optional<ConsumerRecord<byte[], byte[]>> read(long offset) {
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                CommittedReader.open(config, "earliest", IntakeLimits.of(Topics.MAX_WEIGHTS_BYTES))) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, offset);
            reader.read(consumer, Map.of(partition, offset + 1), found::add);
        }
        return found.stream().filter(record -> record.offset() == offset).findFirst();
    }
}
