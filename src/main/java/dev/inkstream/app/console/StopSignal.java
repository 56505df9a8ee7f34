package dev.inkstream.app.console;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Carries a stop request (Ctrl-C, SIGTERM or a test's) to a running command, and its completion back. Only the first
/// request counts. Thread-safe.
public final class StopSignal {
    /// How long a signal waits for the command to clean up.
    public static final Duration GRACE = Duration.ofSeconds(15);

    private final CompletableFuture<Void> requested = new CompletableFuture<>();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);

    /// Asks the command to stop; returns at once.
    public void request() {
        asked.countDown();
        requested.complete(null);
    }

    /// Whether a stop has been asked for.
    public boolean isRequested() {
        return requested.isDone();
    }

    /// Completes when a stop is asked for, to be combined with other reasons to wake up.
    /// Completing what is returned changes nothing here.
    public CompletableFuture<Void> requested() {
        return requested.copy();
    }

    /// Waits until a stop is asked for.
    public void await() throws InterruptedException {
        asked.await();
    }

    /// Waits until a stop is asked for or the time is over; true if it was asked for.
    public boolean await(Duration atMost) throws InterruptedException {
        return asked.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    /// Says that the command has cleaned up and the process may end.
    public void finished() {
        finished.countDown();
    }

    /// A shutdown hook: asks for the stop, then holds the exit of the JVM, which keeps the exit status of
    /// the signal (130 for Ctrl-C, 143 for SIGTERM), until the command has [#finished] or the grace is over.
    ///
    /// @param last runs after that
    public Thread shutdownHook(Duration grace, Runnable last) {
        return new Thread(
                () -> {
                    request();
                    try {
                        finished.await(grace.toNanos(), TimeUnit.NANOSECONDS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    last.run();
                },
                "inkstream-stop");
    }
}
