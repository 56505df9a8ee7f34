package dev.inkstream.app.bench;

import java.time.Duration;

/// Runs of workloads for tests.
final class Windows {
    private Windows() {}

    /// One that processed so many records in a second.
    static Measured run(Workload workload, int threads, int round, long perSecond) {
        RateWindow window =
                new RateWindow(perSecond, Duration.ofSeconds(1), Duration.ofMillis(500), Duration.ofMillis(250));
        return new Measured(workload, threads, round, window);
    }
}
