package dev.inkstream.app;

import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/// Builds [CountStore]s; its settings are fixed: a changelog and no cache.
record CountStoreBuilder(boolean late) implements StoreBuilder<CountStore> {
    private static final String NAME = "count";

    @Override
    public CountStore build() {
        KeyValueStore<String, Long> inner = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(NAME), Serdes.String(), Serdes.Long())
                .withLoggingEnabled(Map.of())
                .build();
        return new CountStore(inner, late);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean loggingEnabled() {
        return true;
    }

    @Override
    public Map<String, String> logConfig() {
        return Map.of();
    }

    @Override
    public CountStoreBuilder withCachingEnabled() {
        throw new UnsupportedOperationException();
    }

    @Override
    public CountStoreBuilder withCachingDisabled() {
        return this;
    }

    @Override
    public CountStoreBuilder withLoggingEnabled(Map<String, String> config) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CountStoreBuilder withLoggingDisabled() {
        throw new UnsupportedOperationException();
    }
}
