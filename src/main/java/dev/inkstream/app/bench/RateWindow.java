package dev.inkstream.app.bench;

import dev.inkstream.app.console.UserException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// What a role and the broker did between the first commit seen and the last: the time to join the group is no part of
/// it, and everything up to the committed transaction is. Immutable.
///
/// @param records between the two commits
/// @param roleCpu processor time of the role
/// @param brokerCpu processor time of the broker
record RateWindow(long records, Duration time, Duration roleCpu, Duration brokerCpu) {
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /// How far a role is in its input.
    interface Progress {
        /// Records that are committed.
        ///
        /// @throws RuntimeException if the role has failed, and will commit no more
        long committed() throws InterruptedException;

        /// Whether nothing is left to do once the input is committed.
        boolean isDrained() throws InterruptedException;
    }

    /// Clocks at one moment.
    ///
    /// @param nanos as `System.nanoTime`
    record Reading(long nanos, Duration roleCpu, Duration brokerCpu) {}

    double perSecond() {
        return records / seconds();
    }

    double seconds() {
        return time.toNanos() / 1e9;
    }

    /// CPU seconds of the role for a million records.
    double roleCpuPerMillion() {
        return perMillion(roleCpu);
    }

    /// CPU seconds of the broker for a million records.
    double brokerCpuPerMillion() {
        return perMillion(brokerCpu);
    }

    private double perMillion(Duration cpu) {
        return cpu.toNanos() / 1e9 / records * 1e6;
    }

    /// Waits until the role has committed all of its input.
    ///
    /// @param total records of the input
    /// @throws UserException if most of the input was in the first commit: what is left measures nothing
    static RateWindow of(Progress progress, long total, Supplier<Reading> clocks) throws InterruptedException {
        Reading start = clocks.get();
        long atStart = 0;
        while (true) {
            long committed = progress.committed();
            if (committed > 0 && atStart == 0) {
                start = clocks.get();
                atStart = committed;
            }
            if (committed >= total && progress.isDrained()) {
                return between(start, clocks.get(), total - atStart).checked(total);
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private RateWindow checked(long total) {
        if (records < total / 2 || !time.isPositive()) {
            throw new UserException(
                    "--images is %d, and %d of them were committed at once; it must be larger for this workload"
                            .formatted(total, total - records));
        }
        return this;
    }

    private static RateWindow between(Reading start, Reading end, long records) {
        return new RateWindow(
                records,
                Duration.ofNanos(end.nanos() - start.nanos()),
                end.roleCpu().minus(start.roleCpu()),
                end.brokerCpu().minus(start.brokerCpu()));
    }
}
