package dev.inkstream.app.monitor;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/// A bounded number of places for threads that a client can hold up. A thread that enters when all places are taken
/// interrupts the one that entered first and takes its place, so a client that stalls never keeps another one waiting.
/// An interrupt closes the socket channel that a thread is blocked on. Thread-safe.
final class Places {
    private final int limit;
    private final LongSupplier nanos;
    /// When each thread entered, the first one first.
    private final Map<Thread, Long> taken = new LinkedHashMap<>();

    /// The place of the thread that has entered; that thread closes it when its work is done.
    interface Place extends AutoCloseable {
        @Override
        void close();
    }

    /// @param limit 1 or more
    /// @param nanos a clock, as [System#nanoTime()]
    Places(int limit, LongSupplier nanos) {
        this.limit = limit;
        this.nanos = nanos;
    }

    /// Takes a place for the current thread, which has one at a time.
    synchronized Place enter() {
        if (taken.size() >= limit) {
            Iterator<Thread> oldest = taken.keySet().iterator();
            oldest.next().interrupt();
            oldest.remove();
        }
        taken.put(Thread.currentThread(), nanos.getAsLong());
        return this::leave;
    }

    private synchronized void leave() {
        taken.remove(Thread.currentThread());
    }

    /// Interrupts every thread that has been here for longer.
    synchronized void interruptAfter(long maxNanos) {
        long now = nanos.getAsLong();
        taken.entrySet().removeIf(entry -> {
            boolean expired = now - entry.getValue() > maxNanos;
            if (expired) {
                entry.getKey().interrupt();
            }
            return expired;
        });
    }
}
