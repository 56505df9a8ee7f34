package dev.inkstream.stream.runtime;

/// How an application instance weighs throughput, latency and repetition. Immutable.
public record Profile(Tuning tuning, Guarantee guarantee) {
    /// For throughput, exactly once.
    public static final Profile USUAL = new Profile(Tuning.THROUGHPUT, Guarantee.EXACTLY_ONCE);

    /// Exactly once.
    public static Profile of(Tuning tuning) {
        return new Profile(tuning, Guarantee.EXACTLY_ONCE);
    }
}
