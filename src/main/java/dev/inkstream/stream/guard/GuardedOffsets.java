package dev.inkstream.stream.guard;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Reads the guard topic: the last committed offset of each partition. Not thread-safe.
///
/// The first reading starts at the beginning, a later one where the last one ended.
final class GuardedOffsets implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    /// A transaction that a killed process left open ends after its timeout and one scan of the broker, 20 s by
    /// default; a broker that is starting again needs some seconds more.
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final TopicPartition partition;
    private final Map<TopicPartition, GuardedOffset> latest = new HashMap<>();
    private boolean started;

    /// @param config settings of a consumer of committed records that belongs to no group
    GuardedOffsets(Map<String, Object> config, TopicPartition partition) {
        consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.partition = partition;
    }

    /// @param end end of the topic now, the records of open transactions included: those may commit
    /// @throws TimeoutException if the records before it do not become readable in time
    Map<TopicPartition, GuardedOffset> readTo(long end) {
        start();
        Duration silent = Duration.ZERO;
        long position = consumer.position(partition);
        while (position < end) {
            consumer.poll(POLL).forEach(this::take);
            long next = consumer.position(partition);
            silent = next == position ? silent.plus(POLL) : Duration.ZERO;
            if (silent.compareTo(PATIENCE) > 0) {
                throw new TimeoutException("offset " + next + " of " + partition.topic()
                        + " did not become readable within " + PATIENCE.toSeconds() + " s");
            }
            position = next;
        }
        return Map.copyOf(latest);
    }

    private void start() {
        if (!started) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            started = true;
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        GuardedOffset.partition(record.key()).ifPresent(guarded -> {
            if (record.value() == null) {
                latest.remove(guarded);
            } else {
                latest.put(guarded, GuardedOffset.fromBytes(record.value()));
            }
        });
    }

    @Override
    public void close() {
        consumer.close();
    }
}
