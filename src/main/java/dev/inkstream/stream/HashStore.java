package dev.inkstream.stream;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// A store in memory, by hash. Kafka's own is a tree, which sorts its keys: a join that looks up one key at a time pays
/// for an order that it does not use. This one sorts its keys when it is asked for all, and has no ranges. Not
/// thread-safe.
final class HashStore implements KeyValueStore<Bytes, byte[]> {
    private final String name;
    private final Map<Bytes, byte[]> entries = new HashMap<>();
    private final Position position = Position.emptyPosition();
    private boolean open;

    HashStore(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        context.register(root, (key, value) -> put(Bytes.wrap(key), value));
        open = true;
    }

    @Override
    public byte @Nullable [] get(Bytes key) {
        return entries.get(key);
    }

    @Override
    public void put(Bytes key, byte @Nullable [] value) {
        if (value == null) {
            entries.remove(key);
        } else {
            entries.put(key, value);
        }
    }

    @Override
    public byte @Nullable [] putIfAbsent(Bytes key, byte[] value) {
        return entries.putIfAbsent(key, value);
    }

    @Override
    public void putAll(List<KeyValue<Bytes, byte[]>> more) {
        more.forEach(each -> put(each.key, each.value));
    }

    @Override
    public byte @Nullable [] delete(Bytes key) {
        return entries.remove(key);
    }

    /// In the order of the keys: a cache in front of the store merges its own entries into it.
    @Override
    public KeyValueIterator<Bytes, byte[]> all() {
        return new All(entries.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .<Map.Entry<Bytes, byte[]>>map(Map.Entry::copyOf)
                .toList());
    }

    /// @throws UnsupportedOperationException always
    @Override
    public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
        throw new UnsupportedOperationException("store " + name + " has no ranges");
    }

    @Override
    public long approximateNumEntries() {
        return entries.size();
    }

    @Override
    public Position getPosition() {
        return position;
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        entries.clear();
        open = false;
    }

    /// A snapshot of all entries.
    private static final class All implements KeyValueIterator<Bytes, byte[]> {
        private final List<Map.Entry<Bytes, byte[]>> sorted;
        private int next;

        private All(List<Map.Entry<Bytes, byte[]>> sorted) {
            this.sorted = sorted;
        }

        @Override
        public boolean hasNext() {
            return next < sorted.size();
        }

        @Override
        public Bytes peekNextKey() {
            return entry().getKey();
        }

        @Override
        public KeyValue<Bytes, byte[]> next() {
            Map.Entry<Bytes, byte[]> entry = entry();
            next++;
            return KeyValue.pair(entry.getKey(), entry.getValue());
        }

        private Map.Entry<Bytes, byte[]> entry() {
            if (!hasNext()) {
                throw new NoSuchElementException("all entries were read");
            }
            return sorted.get(next);
        }

        @Override
        public void close() {}
    }
}
