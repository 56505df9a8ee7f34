package dev.inkstream.record;

import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/// What has caused a failure.
public final class Causes {
    /// A chain of causes may be a ring.
    private static final int MAX = 20;

    private Causes() {}

    /// The failure, its cause, the cause of that, and so on.
    public static Stream<Throwable> of(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(MAX);
    }

    /// Whether a failure or one of its causes is of a type.
    public static boolean include(Class<? extends Throwable> type, Throwable failure) {
        return of(failure).anyMatch(type::isInstance);
    }

    /// What a future has failed with.
    ///
    /// @param failure as the future throws it, with what it failed with as the cause
    public static RuntimeException unwrapped(Exception failure) {
        return failure.getCause() instanceof RuntimeException cause
                ? cause
                : new CompletionException(failure.getCause());
    }
}
