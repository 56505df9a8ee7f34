package dev.inkstream.trainer;

import dev.inkstream.stream.intake.CommittedReader;
import dev.inkstream.stream.intake.IntakeLimits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigDef;

/// Reads `labeled-images` with a [CommittedReader]. Each read opens a consumer and closes it.
public final class KafkaLabeledLog implements LabeledLog {
    /// How long the cluster may be silent before that is a failure: as for other calls of a consumer.
    private static final int USUAL_PATIENCE_MS = 60_000;

    private final Map<String, Object> config;
    private final String topic;
    private final int maxValueBytes;
    private final CommittedReader reader;

    /// @param clientConfig how to reach the cluster: a consumer's settings, by Kafka's names
    /// @param maxValueBytes the longest value that the trainer accepts
    public KafkaLabeledLog(Map<String, Object> clientConfig, String topic, int maxValueBytes) {
        this.config = CommittedReader.toEnds(clientConfig);
        this.topic = topic;
        this.maxValueBytes = maxValueBytes;
        this.reader = new CommittedReader(
                Duration.ofMillis((int) ConfigDef.parseType(
                        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        config.getOrDefault(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, USUAL_PATIENCE_MS),
                        ConfigDef.Type.INT)),
                System::nanoTime);
    }

    @Override
    public void read(long from, long to, Consumer<ConsumerRecord<byte[], byte[]>> sink) {
        TopicPartition partition = new TopicPartition(topic, 0);
        try (KafkaConsumer<byte[], byte[]> consumer =
                CommittedReader.open(config, "none", IntakeLimits.of(maxValueBytes))) {
            consumer.assign(List.of(partition));
            requireFrom(consumer, partition, from);
            consumer.seek(partition, from);
            try {
                reader.read(consumer, Map.of(partition, to), sink);
            } catch (OffsetOutOfRangeException e) {
                // Retention has overtaken the reading.
                requireFrom(consumer, partition, consumer.position(partition));
                throw e;
            }
        }
    }

    private void requireFrom(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, long from) {
        long first = Objects.requireNonNull(
                consumer.beginningOffsets(List.of(partition)).get(partition));
        if (first > from) {
            throw new LostExamplesException(topic, from, first);
        }
    }
}
