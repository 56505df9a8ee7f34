package dev.inkstream.trainer;

import dev.inkstream.stream.intake.BoundedConsumer;
import dev.inkstream.stream.intake.RecordBounds;
import java.time.Duration;
import java.util.HashMap;
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
import org.apache.kafka.common.errors.TimeoutException;

/// Reads `labeled-images` with a plain consumer that belongs to no group and sees committed records only.
/// Each read opens a consumer and closes it.
public final class KafkaLabeledLog implements LabeledLog {
    private static final Duration POLL = Duration.ofMillis(200);

    /// How long the cluster may be silent before that is a failure: as for other calls of a consumer.
    private static final int USUAL_PATIENCE_MS = 60_000;

    private final Map<String, Object> config;
    private final String topic;
    private final int maxValueBytes;
    private final Duration patience;

    /// @param clientConfig how to reach the cluster: a consumer's settings, by Kafka's names
    /// @param maxValueBytes the longest value that the trainer accepts
    public KafkaLabeledLog(Map<String, Object> clientConfig, String topic, int maxValueBytes) {
        Map<String, Object> own = new HashMap<>(clientConfig);
        own.remove(ConsumerConfig.GROUP_ID_CONFIG);
        own.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        own.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        own.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        own.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        this.config = Map.copyOf(own);
        this.topic = topic;
        this.maxValueBytes = maxValueBytes;
        this.patience = Duration.ofMillis((int) ConfigDef.parseType(
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                own.getOrDefault(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, USUAL_PATIENCE_MS),
                ConfigDef.Type.INT));
    }

    @Override
    public void read(long from, long to, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        TopicPartition partition = new TopicPartition(topic, 0);
        try (KafkaConsumer<byte[], byte[]> consumer = BoundedConsumer.of(config, RecordBounds.of(maxValueBytes))) {
            consumer.assign(List.of(partition));
            requireFrom(consumer, partition, from);
            consumer.seek(partition, from);
            try {
                readTo(consumer, partition, to, reader);
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

    /// Offsets have gaps (transaction markers), so only the position tells when the end is reached.
    private void readTo(
            KafkaConsumer<byte[], byte[]> consumer,
            TopicPartition partition,
            long to,
            Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        Duration silent = Duration.ZERO;
        long position = consumer.position(partition);
        while (position < to) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (record.offset() < to) {
                    reader.accept(record);
                }
            }
            long next = consumer.position(partition);
            silent = next == position ? silent.plus(POLL) : Duration.ZERO;
            if (silent.compareTo(patience) > 0) {
                throw new TimeoutException("offset " + next + " of " + topic + " did not come within " + patience);
            }
            position = next;
        }
    }
}
