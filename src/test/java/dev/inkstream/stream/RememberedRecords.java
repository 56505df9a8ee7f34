package dev.inkstream.stream;

import dev.inkstream.evaluator.PastRecords;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/// A topic in memory, whose records have the model as their key. Not thread-safe.
public final class RememberedRecords implements PastRecords {
    private final String topic;
    private final SortedMap<Long, ConsumerRecord<byte[], byte[]>> records = new TreeMap<>();

    public RememberedRecords(String topic) {
        this.topic = topic;
    }

    public void put(long offset, byte[] value) {
        put(offset, value, new RecordHeaders());
    }

    public void put(long offset, byte[] value, Headers headers) {
        put(offset, Samples.text(Samples.MODEL), value, headers);
    }

    public void put(long offset, byte[] key, byte @Nullable [] value, Headers headers) {
        records.put(
                offset,
                new ConsumerRecord<>(
                        topic, 0, offset, 0, TimestampType.CREATE_TIME, 0, 0, key, value, headers, Optional.empty()));
    }

    public void clear() {
        records.clear();
    }

    public int size() {
        return records.size();
    }

    @Override
    public Optional<ConsumerRecord<byte[], byte[]>> at(long offset) {
        return Optional.ofNullable(records.get(offset));
    }

    @Override
    public void all(Consumer<ConsumerRecord<byte[], byte[]>> sink) {
        records.values().forEach(sink);
    }
}
