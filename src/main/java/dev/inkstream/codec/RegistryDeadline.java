package dev.inkstream.codec;

import static dev.inkstream.codec.RegistryPatience.least;

import java.time.Duration;

/// Until when a schema registry is asked: by all requests for one schema together. Immutable.
///
/// @param patience how long that is in all
/// @param end in nanoseconds of `time`
record RegistryDeadline(RegistryTime time, Duration patience, long end) {
    private static final Duration LONGEST_TRY = Duration.ofSeconds(10);
    /// What the last try has, however little of the patience is left. No request takes longer than that after the end.
    private static final Duration LAST_TRY = Duration.ofSeconds(1);

    static RegistryDeadline in(Duration patience, RegistryTime time) {
        return new RegistryDeadline(time, patience, time.nanos() + patience.toNanos());
    }

    /// Zero or less after the end.
    Duration left() {
        return Duration.ofNanos(end - time.nanos());
    }

    /// The deadline of one try: half of what is left, so that a server that stalls leaves time for another.
    RegistryDeadline ofNextTry() {
        Duration left = left();
        Duration half = left.dividedBy(2);
        return in(half.compareTo(LAST_TRY) > 0 ? least(half, LONGEST_TRY) : least(left.plus(LAST_TRY), LAST_TRY), time);
    }
}
