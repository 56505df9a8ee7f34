package dev.inkstream.classifier;

import java.io.File;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.StreamsMetrics;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/// The context of a processor that hands what is forwarded to the next, and allocates nothing.
///
/// @param metadata of every record
record NextProcessor<K, V>(Optional<RecordMetadata> metadata, long nowMs, Consumer<Record<K, V>> next)
        implements ProcessorContext<K, V> {

    @Override
    @SuppressWarnings("unchecked") // the processor under test forwards what the next one takes
    public <A extends K, B extends V> void forward(Record<A, B> record) {
        next.accept((Record<K, V>) record);
    }

    @Override
    public <A extends K, B extends V> void forward(Record<A, B> record, String child) {
        forward(record);
    }

    @Override
    public String applicationId() {
        return "t.app";
    }

    @Override
    public Optional<RecordMetadata> recordMetadata() {
        return metadata;
    }

    @Override
    public long currentSystemTimeMs() {
        return nowMs;
    }

    @Override
    public long currentStreamTimeMs() {
        return nowMs;
    }

    @Override
    public TaskId taskId() {
        throw unused();
    }

    @Override
    public Serde<?> keySerde() {
        throw unused();
    }

    @Override
    public Serde<?> valueSerde() {
        throw unused();
    }

    @Override
    public File stateDir() {
        throw unused();
    }

    @Override
    public StreamsMetrics metrics() {
        throw unused();
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // Kafka's signature
    public <S extends StateStore> S getStateStore(String name) {
        throw unused();
    }

    @Override
    public Cancellable schedule(Duration interval, PunctuationType type, Punctuator callback) {
        throw unused();
    }

    @Override
    public Cancellable schedule(Instant start, Duration interval, PunctuationType type, Punctuator callback) {
        throw unused();
    }

    @Override
    public void commit() {
        throw unused();
    }

    @Override
    public Map<String, Object> appConfigs() {
        throw unused();
    }

    @Override
    public Map<String, Object> appConfigsWithPrefix(String prefix) {
        throw unused();
    }

    private static UnsupportedOperationException unused() {
        return new UnsupportedOperationException("the processor does not need it");
    }
}
