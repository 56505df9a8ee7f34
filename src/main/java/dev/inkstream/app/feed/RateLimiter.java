package dev.inkstream.app.feed;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/// Keeps a loop to so many turns a second, without drift: a turn that came late is caught up with. Not
/// thread-safe.
final class RateLimiter {
    /// How long one pause may be, so that a waiting thread sees a stop soon.
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(50);

    private final double perSecond;
    private final long delayNanos;
    private final LongSupplier nanoTime;
    private final long start;
    private long turns;

    /// @param perSecond turns a second; 0 for as many as possible
    /// @param nanoTime as `System::nanoTime`
    RateLimiter(double perSecond, LongSupplier nanoTime) {
        this(perSecond, Duration.ZERO, nanoTime);
    }

    /// @param delay before the first turn
    RateLimiter(double perSecond, Duration delay, LongSupplier nanoTime) {
        this.delayNanos = delay.toNanos();
        this.perSecond = perSecond;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
    }

    /// Takes the next turn if it is due.
    boolean take() {
        if (waitNanos() > 0) {
            return false;
        }
        turns++;
        return true;
    }

    /// Waits until the next turn is due, but a twentieth of a second at most, and less if the thread is
    /// interrupted, whose mark stays set.
    void pause() {
        long wait = waitNanos();
        if (wait > 0) {
            LockSupport.parkNanos(Math.min(wait, LONGEST_PAUSE));
        }
    }

    private long waitNanos() {
        if (perSecond <= 0 && delayNanos == 0) {
            return 0;
        }
        long turn = perSecond <= 0 ? 0 : (long) (turns / perSecond * TimeUnit.SECONDS.toNanos(1));
        return delayNanos + turn - (nanoTime.getAsLong() - start);
    }
}
