package dev.inkstream.app.bench;

import java.util.concurrent.TimeUnit;

/// When each record of a fixed rate should be sent. A sender that is late does not move the times of those behind:
/// their waiting counts (no coordinated omission). Immutable.
///
/// @param perSecond records a second, more than 0
/// @param startNanos time of the first record, as `System.nanoTime`
record Pace(double perSecond, long startNanos) {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /// When a record should be sent, as `System.nanoTime`.
    ///
    /// @param number from 0
    long intendedNanos(long number) {
        return startNanos + sinceStart(number);
    }

    /// Nanoseconds from the start to the time of a record.
    long sinceStart(long number) {
        return (long) (number * (SECOND / perSecond));
    }

    /// How many records should have been sent by now.
    long due(long nowNanos) {
        long elapsed = nowNanos - startNanos;
        if (elapsed < 0) {
            return 0;
        }
        long about = (long) (elapsed / (SECOND / perSecond));
        // The division rounds, and must not disagree with the times of the records.
        return sinceStart(about + 1) <= elapsed ? about + 2 : sinceStart(about) <= elapsed ? about + 1 : about;
    }
}
