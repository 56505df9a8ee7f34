package dev.inkstream.stream.runtime;

import dev.inkstream.stream.intake.RecordTimestamps;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/// Does for the consumer of global stores what [RecordTimestamps] does for the others: there Kafka Streams asks no
/// extractor, and one record without a timestamp would stop the client at every start. Thread-safe.
public final class GlobalTimestamps implements ConsumerInterceptor<byte[], byte[]> {
    /// For the consumer, which makes one by its name.
    public GlobalTimestamps() {}

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
        if (StreamSupport.stream(records.spliterator(), false).allMatch(record -> record.timestamp() >= 0)) {
            return records;
        }
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> replaced = new HashMap<>();
        for (TopicPartition partition : records.partitions()) {
            replaced.put(
                    partition,
                    records.records(partition).stream()
                            .map(GlobalTimestamps::withTimestamp)
                            .toList());
        }
        return new ConsumerRecords<>(replaced, records.nextOffsets());
    }

    private static ConsumerRecord<byte[], byte[]> withTimestamp(ConsumerRecord<byte[], byte[]> record) {
        return new ConsumerRecord<>(
                record.topic(),
                record.partition(),
                record.offset(),
                Math.max(RecordTimestamps.NONE, record.timestamp()),
                record.timestampType(),
                record.serializedKeySize(),
                record.serializedValueSize(),
                record.key(),
                record.value(),
                record.headers(),
                record.leaderEpoch());
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        // It only looks at records.
    }

    @Override
    public void close() {
        // It holds nothing.
    }

    @Override
    public void configure(Map<String, ?> configs) {
        // There is nothing to choose.
    }
}
