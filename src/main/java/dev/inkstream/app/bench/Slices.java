package dev.inkstream.app.bench;

import java.time.Duration;

/// Divides the time of a measurement into slices without swaps and slices with them, in turns. Immutable.
///
/// @param warmUp before the first slice, with swaps; belongs to none
/// @param length of a slice
record Slices(Duration warmUp, Duration length) {
    /// What a moment belongs to.
    enum Part {
        WARM_UP,
        WITHOUT_SWAPS,
        WITH_SWAPS
    }

    /// @param nanos since the start of the measurement
    Part at(long nanos) {
        long measured = nanos - warmUp.toNanos();
        if (measured < 0) {
            return Part.WARM_UP;
        }
        return measured / length.toNanos() % 2 == 0 ? Part.WITHOUT_SWAPS : Part.WITH_SWAPS;
    }
}
