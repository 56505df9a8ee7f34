package dev.inkstream.dataset;

import java.util.function.Consumer;

/// Ways to read data sets in tests.
final class Readings {
    static final ReadLimit LIMIT = new ReadLimit(1L << 28);

    private Readings() {}

    /// As commands that learn do, dropping the notices.
    static Reading quiet() {
        return of(Polarity.AUTO, line -> {});
    }

    static Reading of(Polarity polarity, Consumer<String> notices) {
        return new Reading(polarity, LIMIT, 2, notices);
    }
}
