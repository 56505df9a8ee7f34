package dev.inkstream.app.bench;

import dev.inkstream.app.cluster.TopicReader;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Follows topics from their beginning, as a consumer of committed records does that wants them at once. Not
/// thread-safe.
final class CommittedTopics implements AutoCloseable {
    private static final Duration WAIT = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], byte[]> consumer;

    private CommittedTopics(KafkaConsumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    static CommittedTopics open(BenchCluster cluster, List<String> topics) {
        Map<String, Object> config = new HashMap<>(cluster.settings().consumer());
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, IsolationLevel.READ_COMMITTED.toString());
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 10_000);
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = TopicReader.partitions(consumer, topics);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return new CommittedTopics(consumer);
    }

    /// What has come; waits a tenth of a second for it.
    ConsumerRecords<byte[], byte[]> poll() {
        return consumer.poll(WAIT);
    }

    /// Waits until there is a record.
    ///
    /// @param watch of the processes that write it
    void awaitFirst(Watch watch) throws InterruptedException {
        while (poll().isEmpty()) {
            watch.check(0);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
