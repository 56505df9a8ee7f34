package dev.inkstream.stream.intake;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/// Reads committed records without a consumer group: it commits nothing and disturbs nobody. Immutable.
///
/// @param patience how long the cluster may be silent before that is a failure
/// @param nanos a clock, as [System#nanoTime()]
public record CommittedReader(Duration patience, LongSupplier nanos) {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int FETCH_MAX_WAIT_MS = 20;

    /// A consumer's settings for reading to ends that are known: no fetch waits for more records. A consumer that is
    /// closed waits for the answer of its last fetch, which by default comes after 500 ms if there is no more to read.
    ///
    /// @param client how to reach the cluster: a consumer's settings, by Kafka's names
    public static Map<String, Object> toEnds(Map<String, Object> client) {
        Map<String, Object> config = new HashMap<>(client);
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_MAX_WAIT_MS);
        return config;
    }

    /// A consumer; the caller assigns its partitions and closes it.
    ///
    /// @param client how to reach the cluster: a consumer's settings, by Kafka's names
    /// @param reset where it resumes if its offset is gone, as `auto.offset.reset`
    public static KafkaConsumer<byte[], byte[]> open(Map<String, Object> client, String reset, IntakeLimits limits) {
        Map<String, Object> config = new HashMap<>(client);
        config.remove(ConsumerConfig.GROUP_ID_CONFIG);
        config.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, reset);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        return BoundedConsumer.of(config, limits);
    }

    /// Reads partitions from where the consumer is to their ends, and leaves it there. Offsets have gaps (transaction
    /// markers), so only the position shows that the end is reached; and only a clock shows how long the cluster was
    /// silent, since a poll returns early for records that are not wanted.
    ///
    /// @param ends by partition: the offset before which all records are read
    /// @param sink gets the records of each partition in order
    /// @throws TimeoutException if the cluster falls silent
    public void read(
            org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer,
            Map<TopicPartition, Long> ends,
            Consumer<ConsumerRecord<byte[], byte[]>> sink) {
        Map<TopicPartition, Long> unread = new HashMap<>(ends);
        unread.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
        Map<TopicPartition, Long> read = Map.copyOf(unread);
        long progress = nanos.getAsLong();
        while (!unread.isEmpty()) {
            long before = positions(consumer, unread);
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                Long end = unread.get(new TopicPartition(record.topic(), record.partition()));
                if (end != null && record.offset() < end) {
                    sink.accept(record);
                }
            }
            if (positions(consumer, unread) != before) {
                progress = nanos.getAsLong();
            } else if (nanos.getAsLong() - progress >= patience.toNanos()) {
                TopicPartition silent = unread.keySet().iterator().next();
                throw new TimeoutException("offset %d of %s did not arrive within %d ms"
                        .formatted(consumer.position(silent), silent.topic(), patience.toMillis()));
            }
            unread.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
        }
        // The last poll may have returned records beyond an end: the next reading starts with them.
        read.forEach(consumer::seek);
    }

    private static long positions(
            org.apache.kafka.clients.consumer.Consumer<?, ?> consumer, Map<TopicPartition, Long> partitions) {
        return partitions.keySet().stream().mapToLong(consumer::position).sum();
    }
}
