package dev.inkstream.app.role;

import dev.inkstream.app.console.StopSignal;
import dev.inkstream.stream.runtime.TopicsNotReadyException;
import java.time.Duration;
import java.util.function.Consumer;

/// Waits at the start of a role for topics that are created later, and says so once. Used by one thread.
final class TopicWait {
    private static final Duration POLL = Duration.ofMillis(500);

    private final Duration patience;
    private final StopSignal stop;
    private final Consumer<String> notices;
    private final long startNanos = System.nanoTime();
    private boolean said;

    /// Starts what needs topics.
    @FunctionalInterface
    interface Start {
        Role start() throws InterruptedException;
    }

    /// @param patience how long to wait, from now
    /// @param stop ends the waiting
    /// @param notices takes the line that says so
    TopicWait(Duration patience, StopSignal stop, Consumer<String> notices) {
        this.patience = patience;
        this.stop = stop;
        this.notices = notices;
    }

    /// Tries again while topics are missing.
    ///
    /// @throws TopicsNotReadyException if they are missing to the end, or have the wrong number of partitions
    /// @throws InterruptedException if a stop is requested
    Role start(Start role) throws InterruptedException {
        while (true) {
            try {
                return role.start();
            } catch (TopicsNotReadyException e) {
                if (!e.isMissing() || left().isZero()) {
                    throw e;
                }
                sayOnce(e);
                pause(shorter(left(), POLL));
            }
        }
    }

    private void pause(Duration time) throws InterruptedException {
        if (stop.await(time)) {
            throw new InterruptedException("stopped while it was waiting for topics");
        }
    }

    private void sayOnce(TopicsNotReadyException e) {
        if (!said) {
            said = true;
            notices.accept("waiting up to %d s: %s".formatted(left().toSeconds() + 1, e.getMessage()));
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private Duration left() {
        Duration left = patience.minusNanos(System.nanoTime() - startNanos);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
