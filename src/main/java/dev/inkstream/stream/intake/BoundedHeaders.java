package dev.inkstream.stream.intake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;

/// Cuts the headers of polled records to their bounds. A deserializer cannot: it sees the headers of a record that has
/// a key or a value, and can only add to them. Stateless.
final class BoundedHeaders {
    private BoundedHeaders() {}

    /// The records themselves if all are within the bounds, as they nearly always are.
    static ConsumerRecords<byte[], byte[]> of(ConsumerRecords<byte[], byte[]> records) {
        if (StreamSupport.stream(records.spliterator(), false)
                .allMatch(record -> HeaderReader.within(record.headers()) == record.headers())) {
            return records;
        }
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> bounded = new HashMap<>();
        for (TopicPartition partition : records.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> each = new ArrayList<>();
            records.records(partition).forEach(record -> each.add(bounded(record)));
            bounded.put(partition, each);
        }
        return new ConsumerRecords<>(bounded, records.nextOffsets());
    }

    private static ConsumerRecord<byte[], byte[]> bounded(ConsumerRecord<byte[], byte[]> record) {
        Headers headers = HeaderReader.within(record.headers());
        if (headers == record.headers()) {
            return record;
        }
        return new ConsumerRecord<>(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                record.timestampType(),
                record.serializedKeySize(),
                record.serializedValueSize(),
                record.key(),
                record.value(),
                headers,
                record.leaderEpoch());
    }
}
