package dev.inkstream.stream;

import dev.inkstream.evaluator.PastRecords;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// A topic in memory, whose records have the model as their key. Not thread-safe.
public final class RememberedRecords implements PastRecords {
    private final String topic;
    private final SortedMap<Long, byte[]> values = new TreeMap<>();

    public RememberedRecords(String topic) {
        this.topic = topic;
    }

    public void put(long offset, byte[] value) {
        values.put(offset, value);
    }

    public int size() {
        return values.size();
    }

    @Override
    public Optional<ConsumerRecord<byte[], byte[]>> at(long offset) {
        return Optional.ofNullable(values.get(offset)).map(value -> record(offset, value));
    }

    @Override
    public void all(Consumer<ConsumerRecord<byte[], byte[]>> sink) {
        values.forEach((offset, value) -> sink.accept(record(offset, value)));
    }

    private ConsumerRecord<byte[], byte[]> record(long offset, byte[] value) {
        return new ConsumerRecord<>(topic, 0, offset, Samples.text(Samples.MODEL), value);
    }
}
