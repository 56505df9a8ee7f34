package dev.inkstream.live;

import java.time.Duration;

/// How predictions that were served are joined with their labels. Immutable.
///
/// @param labelWindow how long the first of the two waits for the second, by record timestamps
/// @param evaluateEvery length of the windows whose counts are published
/// @param maxBytes memory for the images remembered; beyond it the oldest are closed early
/// @param driftDelta bound on the drift detector's probability of a false alarm
/// @param driftDelay how long outcomes wait for earlier ones before the drift detector takes them
/// @param partitions of the internal topic by image id: the most threads that can share the join. It cannot be changed
///     once the evaluator has run: its state would be somewhere else.
public record LiveSettings(
        Duration labelWindow,
        Duration evaluateEvery,
        long maxBytes,
        double driftDelta,
        Duration driftDelay,
        int partitions) {
    /// An hour for a label to come, counts every minute, four partitions.
    public static final LiveSettings DEFAULT = new LiveSettings(
            Duration.ofHours(1), Duration.ofMinutes(1), 128_000_000, 0.0002, Duration.ofSeconds(10), 4);

    /// The most partitions.
    public static final int MAX_PARTITIONS = 1_000;

    public LiveSettings {
        if (labelWindow.toMillis() < 1 || labelWindow.compareTo(Duration.ofDays(365)) > 0) {
            throw new IllegalArgumentException("label window is " + labelWindow + "; it must be 1 ms to 365 days");
        }
        if (evaluateEvery.toMillis() < 1 || evaluateEvery.compareTo(Duration.ofDays(365)) > 0) {
            throw new IllegalArgumentException("evaluate every is " + evaluateEvery + "; it must be 1 ms to 365 days");
        }
        if (maxBytes < 1) {
            throw new IllegalArgumentException("label memory is " + maxBytes + " bytes; it must be 1 or more");
        }
        if (partitions < 1 || partitions > MAX_PARTITIONS) {
            throw new IllegalArgumentException("partitions is " + partitions + "; it must be 1 to " + MAX_PARTITIONS);
        }
        if (driftDelay.isNegative()) {
            throw new IllegalArgumentException("drift delay is " + driftDelay + "; it must be 0 or more");
        }
        if (!(driftDelta > 0 && driftDelta < 1)) {
            throw new IllegalArgumentException("drift delta is " + driftDelta + "; it must be between 0 and 1");
        }
    }

    /// The same with other times.
    public LiveSettings withTimes(Duration evaluations, Duration drift) {
        return new LiveSettings(labelWindow, evaluations, maxBytes, driftDelta, drift, partitions);
    }

    long maxBytesPerPartition() {
        return maxBytes / partitions;
    }
}
