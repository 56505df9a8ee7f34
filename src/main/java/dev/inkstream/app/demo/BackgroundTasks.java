package dev.inkstream.app.demo;

import dev.inkstream.record.Causes;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// The threads that feed and read beside the roles: a failure of one is a failure of the whole. Closing it asks
/// them to end and waits until they have.
final class BackgroundTasks implements AutoCloseable {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofPlatform().daemon().name("inkstream-demo-", 0).factory());
    private final CompletableFuture<Void> failure = new CompletableFuture<>();
    private volatile boolean closing;

    void start(Runnable task) {
        failsWith(CompletableFuture.runAsync(task, threads));
    }

    /// Takes a failure of something else for one of its own.
    void failsWith(CompletableFuture<Void> other) {
        var _ = other.whenComplete((done, e) -> {
            if (e != null) {
                failure.completeExceptionally(e);
            }
        });
    }

    /// Whether the threads should continue.
    boolean goesOn() {
        return !closing && !failure.isDone();
    }

    /// Waits as long as the condition holds; then, or when it is time to end, returns whether to continue.
    boolean pausedWhile(BooleanSupplier condition) {
        while (goesOn() && condition.getAsBoolean()) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return goesOn();
    }

    /// Waits until the threads have come to an end of their own; none can be started any more.
    ///
    /// @throws RuntimeException the failure, if there was one
    void awaitEnd() {
        threads.close();
        rethrow();
    }

    /// @throws RuntimeException the failure, if there was one
    void rethrow() {
        try {
            failure.getNow(null);
        } catch (CompletionException e) {
            throw Causes.unwrapped(e);
        }
    }

    @Override
    public void close() {
        closing = true;
        threads.close();
    }
}
