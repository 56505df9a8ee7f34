package dev.inkstream.codec;

import java.time.Duration;

/// An amount that is spent and comes back evenly with time (a token bucket). Thread-safe.
final class RegistryAllowance {
    private final double most;
    private final double perNano;
    private final RegistryTime time;
    private double left;
    private long since;

    /// @param most what there is at first, and at most
    /// @param refill how long it takes to come back in full
    RegistryAllowance(double most, Duration refill, RegistryTime time) {
        this.most = most;
        this.perNano = most / refill.toNanos();
        this.time = time;
        this.left = most;
        this.since = time.nanos();
    }

    /// Whether there is so much now.
    synchronized boolean has(long amount) {
        refill();
        return left >= amount;
    }

    /// Spends `amount`, or what there is of it; returns how much.
    synchronized long spendUpTo(long amount) {
        refill();
        long spent = Math.min(amount, (long) left);
        left -= spent;
        return spent;
    }

    private void refill() {
        long now = time.nanos();
        left = Math.min(most, left + (now - since) * perNano);
        since = now;
    }
}
