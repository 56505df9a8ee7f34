package dev.inkstream.stream.guard;

import dev.inkstream.stream.intake.CommittedReader;
import dev.inkstream.stream.intake.IntakeLimits;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/// Reads the guard topic: the last committed offset of each partition. Not thread-safe.
///
/// The first reading starts at the beginning, a later one where the last one ended.
final class GuardedOffsets implements AutoCloseable {
    /// A transaction that a killed process left open ends after its timeout and one scan of the broker, 20 s by
    /// default; a broker that is starting again needs some seconds more.
    private static final CommittedReader READER = new CommittedReader(Duration.ofSeconds(90), System::nanoTime);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final TopicPartition partition;
    private final Map<TopicPartition, GuardedOffset> latest = new HashMap<>();

    /// @param config how to reach the cluster: a consumer's settings, by Kafka's names
    GuardedOffsets(Map<String, Object> config, TopicPartition partition) {
        this.partition = partition;
        consumer = CommittedReader.open(CommittedReader.toEnds(config), "none", IntakeLimits.usual());
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
    }

    /// @param end end of the topic now, the records of open transactions included: those may commit
    /// @throws TimeoutException if the records before it do not become readable in time
    Map<TopicPartition, GuardedOffset> readTo(long end) {
        READER.read(consumer, Map.of(partition, end), this::take);
        return Map.copyOf(latest);
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
