package dev.inkstream.codec;

import java.time.Duration;
import org.apache.kafka.common.errors.InterruptException;

/// How long to retry after a registry reports an unknown id, since it may be a lagging follower. Thread-safe.
final class FollowerLag {
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final RegistryTime time;
    private final RegistryAllowance waits;

    /// @param patience how long to wait in all, in any [UnknownIds#UNKNOWN_FOR]
    FollowerLag(Duration patience, RegistryTime time) {
        this.time = time;
        this.waits = new RegistryAllowance(patience.toNanos(), UnknownIds.UNKNOWN_FOR, time);
    }

    /// Waits before the registry is asked again.
    ///
    /// @param waited how long one question has waited so far
    /// @param left how much longer it may wait
    /// @return `waited` with this wait; no longer if the allowance is spent, or nothing is left
    /// @throws InterruptException if the thread is interrupted, or the process is to stop
    Duration waitOnceMore(Duration waited, Duration left) {
        if (!left.isPositive() || !waits.has(SHORTEST_PAUSE.toNanos())) {
            return waited;
        }
        Duration pause = Duration.ofNanos(
                waits.spendUpTo(Math.min(left.toNanos(), pauseAfter(waited).toNanos())));
        try {
            time.sleep(pause);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
        return waited.plus(pause);
    }

    private static Duration pauseAfter(Duration waited) {
        Duration doubled = waited.plus(SHORTEST_PAUSE);
        return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }
}
