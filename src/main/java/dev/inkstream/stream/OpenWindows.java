package dev.inkstream.stream;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The ids for which something is held, by its time, and the memory that takes. Not thread-safe.
///
/// All of it follows from the store, so it is no state of its own: it is made anew whenever the store is restored.
final class OpenWindows {
    /// What an entry takes beside its own bytes: the nodes of the trees and the objects that hold it.
    static final int OVERHEAD_BYTES = 200;

    private static final Comparator<Window> BY_TIME =
            Comparator.comparingLong(Window::time).thenComparing(Window::id, Arrays::compareUnsigned);

    private final TreeMap<Window, Integer> sizes = new TreeMap<>(BY_TIME);
    private long bytes;

    /// @param time of the entry that is held
    record Window(long time, byte[] id) {}

    void add(byte[] id, JoinEntry entry) {
        int size = OVERHEAD_BYTES + id.length + entry.bytes().length;
        if (sizes.put(new Window(entry.time(), id), size) != null) {
            throw new IllegalStateException("an id has two windows");
        }
        bytes += size;
    }

    void remove(byte[] id, JoinEntry entry) {
        Integer size = sizes.remove(new Window(entry.time(), id));
        if (size == null) {
            throw new IllegalStateException("an id that is held has no window");
        }
        bytes -= size;
    }

    /// The window that closes next.
    Optional<Window> oldest() {
        return Optional.ofNullable(sizes.firstEntry()).map(Map.Entry::getKey);
    }

    /// Memory taken by all that is held.
    long bytes() {
        return bytes;
    }
}
