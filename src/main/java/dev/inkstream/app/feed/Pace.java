package dev.inkstream.app.feed;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/// Keeps a loop to so many turns a second, without drift: a turn that came late is caught up with. Not
/// thread-safe.
final class Pace {
    private final double perSecond;
    private final LongSupplier nanoTime;
    private final long start;
    private long turns;

    /// @param perSecond turns a second; 0 for as many as possible
    /// @param nanoTime as `System::nanoTime`
    Pace(double perSecond, LongSupplier nanoTime) {
        this.perSecond = perSecond;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
    }

    /// Waits for the next turn; less long if the thread is interrupted, whose mark stays set.
    void await() {
        if (perSecond <= 0) {
            return;
        }
        long due = start + (long) (turns++ / perSecond * TimeUnit.SECONDS.toNanos(1));
        long wait = due - nanoTime.getAsLong();
        while (wait > 0 && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(wait);
            wait = due - nanoTime.getAsLong();
        }
    }
}
