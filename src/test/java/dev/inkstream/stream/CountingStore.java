package dev.inkstream.stream;

import java.util.List;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/// An in-memory store that counts how it is read. Not thread-safe.
public final class CountingStore<K> implements KeyValueStore<K, byte[]> {
    private final KeyValueStore<K, byte[]> store;
    private int gets;
    private int scans;

    private CountingStore(KeyValueStore<K, byte[]> store) {
        this.store = store;
    }

    /// Initialized, without a changelog.
    public static <K> CountingStore<K> of(String name, Serde<K> keys, StateStoreContext context) {
        KeyValueStore<K, byte[]> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(name), keys, Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        store.init(context, store);
        return new CountingStore<>(store);
    }

    /// Reads of one key since [#reset()].
    public int gets() {
        return gets;
    }

    /// Reads of a range or of all keys since [#reset()].
    public int scans() {
        return scans;
    }

    public void reset() {
        gets = 0;
        scans = 0;
    }

    @Override
    public byte[] get(K key) {
        gets++;
        return store.get(key);
    }

    @Override
    public KeyValueIterator<K, byte[]> range(K from, K to) {
        scans++;
        return store.range(from, to);
    }

    @Override
    public KeyValueIterator<K, byte[]> all() {
        scans++;
        return store.all();
    }

    @Override
    public long approximateNumEntries() {
        return store.approximateNumEntries();
    }

    @Override
    public void put(K key, byte[] value) {
        store.put(key, value);
    }

    @Override
    public byte[] putIfAbsent(K key, byte[] value) {
        return store.putIfAbsent(key, value);
    }

    @Override
    public void putAll(List<KeyValue<K, byte[]>> entries) {
        store.putAll(entries);
    }

    @Override
    public byte[] delete(K key) {
        return store.delete(key);
    }

    @Override
    public String name() {
        return store.name();
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        store.init(context, root);
    }

    @Override
    public void close() {
        store.close();
    }

    @Override
    public boolean persistent() {
        return store.persistent();
    }

    @Override
    public boolean isOpen() {
        return store.isOpen();
    }
}
