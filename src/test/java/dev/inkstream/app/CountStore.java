package dev.inkstream.app;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueStore;

/// One number in a store with a changelog, written either at once or, late, when Kafka Streams flushes or commits the
/// store.
final class CountStore implements StateStore {
    private static final String KEY = "count";

    private final KeyValueStore<String, Long> inner;
    private final boolean late;
    private long pending = -1;

    CountStore(KeyValueStore<String, Long> inner, boolean late) {
        this.inner = inner;
        this.late = late;
    }

    long get() {
        Long stored = inner.get(KEY);
        return pending >= 0 ? pending : stored == null ? 0 : stored;
    }

    void put(long count) {
        if (late) {
            pending = count;
        } else {
            inner.put(KEY, count);
        }
    }

    private void writePending() {
        if (pending >= 0) {
            inner.put(KEY, pending);
        }
    }

    @Override
    public String name() {
        return inner.name();
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        inner.init(context, root);
    }

    @Override
    @SuppressWarnings("deprecation") // it is called nevertheless
    public void flush() {
        writePending();
        inner.flush();
    }

    @Override
    public void commit(Map<TopicPartition, Long> offsets) {
        writePending();
        inner.commit(offsets);
    }

    @Override
    public void close() {
        inner.close();
    }

    @Override
    public boolean persistent() {
        return inner.persistent();
    }

    @Override
    public boolean isOpen() {
        return inner.isOpen();
    }
}
