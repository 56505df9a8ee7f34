package dev.inkstream.stream;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.StreamsMetrics;
import org.apache.kafka.streams.processor.CommitCallback;
import org.apache.kafka.streams.processor.StateRestoreCallback;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/// The context of a store that is restored from records of its changelog.
///
/// @param callbacks of the stores that have been initialized with it
record RestoringContext(List<StateRestoreCallback> callbacks) implements StateStoreContext {
    RestoringContext() {
        this(new ArrayList<>());
    }

    /// Restores a record in each store.
    void restore(byte[] key, byte[] value) {
        callbacks.forEach(callback -> callback.restore(key, value));
    }

    @Override
    public void register(StateStore store, StateRestoreCallback callback) {
        callbacks.add(callback);
    }

    @Override
    public void register(StateStore store, StateRestoreCallback callback, CommitCallback checkpoint) {
        register(store, callback);
    }

    @Override
    public String applicationId() {
        throw unused();
    }

    @Override
    public TaskId taskId() {
        throw unused();
    }

    @Override
    public Optional<RecordMetadata> recordMetadata() {
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
    public Map<String, Object> appConfigs() {
        throw unused();
    }

    @Override
    public Map<String, Object> appConfigsWithPrefix(String prefix) {
        throw unused();
    }

    private static UnsupportedOperationException unused() {
        return new UnsupportedOperationException("the store does not need it");
    }
}
