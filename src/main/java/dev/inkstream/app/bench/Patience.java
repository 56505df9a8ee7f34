package dev.inkstream.app.bench;

import java.time.Duration;
import java.util.function.LongSupplier;

/// Notices that nothing happens any more. Not thread-safe.
final class Patience {
    private final Duration limit;
    private final LongSupplier nanoTime;
    private long last;
    private long since;

    /// @param limit how long nothing may happen, from now on
    /// @param nanoTime as `System::nanoTime`
    Patience(Duration limit, LongSupplier nanoTime) {
        this.limit = limit;
        this.nanoTime = nanoTime;
        this.since = nanoTime.getAsLong();
    }

    Duration limit() {
        return limit;
    }

    /// Whether it has been the same for longer than the limit.
    ///
    /// @param progress a number that changes as long as something happens; 0 at the start
    boolean isOver(long progress) {
        long now = nanoTime.getAsLong();
        if (progress != last) {
            last = progress;
            since = now;
        }
        return now - since > limit.toNanos();
    }
}
