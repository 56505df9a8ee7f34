package dev.inkstream.stream;

import java.util.Arrays;
import java.util.Optional;
import java.util.TreeMap;

/// The ids for which an in-memory store holds something, by its time, and the memory that takes. Not thread-safe.
///
/// All of it follows from the store, so it is no state of its own: it is rebuilt whenever the store is restored.
/// The store itself cannot be asked in this order: it copies the keys of a range, however few are taken from it.
public final class TimeIndex {
    /// What an entry takes beside its own bytes: the nodes of the store's tree and of this one, and the objects that
    /// hold time, key, value and size. `TimeIndexTest` measures it.
    private static final int OVERHEAD_BYTES = 216;

    private final TreeMap<Entry, Integer> sizes = new TreeMap<>();
    private long bytes;

    /// Ordered by time, then by id.
    ///
    /// @param time of the entry that is held
    public record Entry(long time, byte[] id) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            return time == other.time ? Arrays.compareUnsigned(id, other.id) : Long.compare(time, other.time);
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof Entry other && compareTo(other) == 0;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(time) + Arrays.hashCode(id);
        }
    }

    /// Memory taken by an entry; the id lies in the store and here.
    public static int size(byte[] id, int valueBytes) {
        return OVERHEAD_BYTES + 2 * id.length + valueBytes;
    }

    /// @param valueBytes that the store holds for this id beside the id itself
    public void add(long time, byte[] id, int valueBytes) {
        int size = size(id, valueBytes);
        if (sizes.put(new Entry(time, id), size) != null) {
            throw new IllegalStateException("an id is held twice");
        }
        bytes += size;
    }

    public void remove(long time, byte[] id) {
        Integer size = sizes.remove(new Entry(time, id));
        if (size == null) {
            throw new IllegalStateException("an id that is removed is not held");
        }
        bytes -= size;
    }

    /// What is held longest; of one time, the first by id.
    public Optional<Entry> oldest() {
        return sizes.isEmpty() ? Optional.empty() : Optional.of(sizes.firstKey());
    }

    /// Memory taken by all that is held.
    public long bytes() {
        return bytes;
    }
}
