package dev.inkstream.stream;

import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/// Builders of the roles' state stores. All are in memory, since what a role keeps is bounded; the changelogs have
/// small segments, since a restore reads the whole of the active one.
public final class InMemoryStores {
    /// Small: the active segment of a topic is never compacted, and readers from the beginning read all of it.
    static final String SEGMENT_BYTES = Integer.toString(64 * 1024 * 1024);

    private InMemoryStores() {}

    /// A store with a changelog that has a record for each change.
    public static <K, V> StoreBuilder<KeyValueStore<K, V>> logged(String name, Serde<K> keys, Serde<V> values) {
        return global(name, keys, values).withLoggingEnabled(Map.of(TopicConfig.SEGMENT_BYTES_CONFIG, SEGMENT_BYTES));
    }

    /// As [#logged], by hash: it can be asked for one key or for all.
    public static <K, V> StoreBuilder<KeyValueStore<K, V>> hashed(String name, Serde<K> keys, Serde<V> values) {
        return Stores.keyValueStoreBuilder(new HashSupplier(name), keys, values)
                .withLoggingEnabled(Map.of(TopicConfig.SEGMENT_BYTES_CONFIG, SEGMENT_BYTES));
    }

    /// As [#cached(String, Serde, Serde)], by hash: it can be asked for one key or for all.
    public static <K, V> StoreBuilder<KeyValueStore<K, V>> hashedAndCached(
            String name, Serde<K> keys, Serde<V> values) {
        return hashed(name, keys, values).withCachingEnabled();
    }

    private record HashSupplier(String name) implements KeyValueBytesStoreSupplier {
        @Override
        public KeyValueStore<Bytes, byte[]> get() {
            return new HashStore(name);
        }

        @Override
        public String metricsScope() {
            return "in-memory";
        }
    }

    /// A store with a changelog and a cache: a commit writes one changelog record for each key, however often the
    /// key changed since the commit before.
    public static <K, V> StoreBuilder<KeyValueStore<K, V>> cached(String name, Serde<K> keys, Serde<V> values) {
        return logged(name, keys, values).withCachingEnabled();
    }

    /// As [#cached(String, Serde, Serde)], with a changelog that takes records of so many bytes.
    public static <K, V> StoreBuilder<KeyValueStore<K, V>> cached(
            String name, Serde<K> keys, Serde<V> values, int maxRecordBytes) {
        return cached(name, keys, values)
                .withLoggingEnabled(Map.of(
                        TopicConfig.SEGMENT_BYTES_CONFIG,
                        SEGMENT_BYTES,
                        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                        Integer.toString(maxRecordBytes)));
    }

    /// A store that a topic of its own restores.
    public static <K, V> StoreBuilder<KeyValueStore<K, V>> global(String name, Serde<K> keys, Serde<V> values) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), keys, values)
                .withLoggingDisabled();
    }
}
