package dev.inkstream.stream;

import dev.inkstream.stream.TimeIndex.Entry;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// What a join holds, one entry for each id: in a store, with an index by time beside it that follows from the store.
/// It finds what has expired and what to evict; what becomes of that is the join's to decide. Not thread-safe.
public final class HeldStore<E extends Held> {
    private final KeyValueStore<byte[], byte[]> store;
    private final Function<byte[], E> fromBytes;
    private final TimeIndex waiting = new TimeIndex();
    private final TimeIndex settled = new TimeIndex();

    /// Takes an entry that has expired or is evicted. It removes the entry, or replaces it by a later one.
    @FunctionalInterface
    public interface End<E> {
        void of(byte[] id, E entry);
    }

    /// @param store restored already
    /// @param fromBytes reads what [Held#toBytes()] wrote
    public HeldStore(KeyValueStore<byte[], byte[]> store, Function<byte[], E> fromBytes) {
        this.store = store;
        this.fromBytes = fromBytes;
        try (KeyValueIterator<byte[], byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<byte[], byte[]> next = all.next();
                E entry = fromBytes.apply(next.value);
                index(entry).add(entry.time(), next.key, next.value.length);
            }
        }
    }

    public @Nullable E get(byte[] id) {
        byte[] bytes = store.get(id);
        return bytes == null ? null : fromBytes.apply(bytes);
    }

    /// Holds an entry.
    ///
    /// @param before what [#get] returned for the id
    public void put(byte[] id, @Nullable E before, E now) {
        if (before != null) {
            index(before).remove(before.time(), id);
        }
        byte[] bytes = now.toBytes();
        store.put(id, bytes);
        index(now).add(now.time(), id, bytes.length);
    }

    /// @param entry what [#get] returned for the id
    public void remove(byte[] id, E entry) {
        store.delete(id);
        index(entry).remove(entry.time(), id);
    }

    /// Ends the entries whose time is less than `time`, oldest first: those that wait, then the others.
    public void expire(long time, End<E> end) {
        expire(waiting, time, end);
        expire(settled, time, end);
    }

    private void expire(TimeIndex index, long time, End<E> end) {
        Optional<Entry> oldest = index.oldest();
        while (oldest.isPresent() && oldest.get().time() < time) {
            end(oldest.get(), end);
            oldest = index.oldest();
        }
    }

    /// Ends entries until the rest takes no more than `maxBytes` of memory: the oldest of those that wait for nothing,
    /// then the oldest that wait.
    public void evict(long maxBytes, End<E> end) {
        while (waiting.bytes() + settled.bytes() > maxBytes) {
            end(settled.oldest().or(waiting::oldest).orElseThrow(), end);
        }
    }

    private void end(Entry oldest, End<E> end) {
        E entry = get(oldest.id());
        if (entry == null) {
            throw new IllegalStateException("an id that is indexed is not in the store");
        }
        end.of(oldest.id(), entry);
    }

    private TimeIndex index(E entry) {
        return entry.waits() ? waiting : settled;
    }
}
