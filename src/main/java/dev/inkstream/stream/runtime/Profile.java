package dev.inkstream.stream.runtime;

import java.util.Locale;

/// How an application instance weighs throughput, latency and repetition. Immutable.
public record Profile(Tuning tuning, Guarantee guarantee) {
    /// For throughput, exactly once.
    public static final Profile USUAL = new Profile(Tuning.THROUGHPUT, Guarantee.EXACTLY_ONCE);

    /// `exactly once, tuned for throughput`.
    public String text() {
        return guarantee.toString().replace('-', ' ') + ", tuned for "
                + tuning.name().toLowerCase(Locale.ROOT);
    }

    /// Exactly once.
    public static Profile of(Tuning tuning) {
        return new Profile(tuning, Guarantee.EXACTLY_ONCE);
    }
}
