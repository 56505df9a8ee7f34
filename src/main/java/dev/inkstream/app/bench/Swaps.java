package dev.inkstream.app.bench;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/// Swaps on a thread of its own: to serialize a version takes a while, in which the thread that measures must not wait.
/// Closing it ends the thread. Thread-safe.
///
/// @param ended completes with the thread
record Swaps(AtomicBoolean closed, CompletableFuture<Void> ended) implements AutoCloseable {
    private static final long PAUSE_NANOS = Duration.ofMillis(2).toNanos();

    /// Starts the thread, which ends at once if there is nothing to swap.
    ///
    /// @param sinceStart nanoseconds since the start of the measurement
    static Swaps start(Swapper swapper, LongSupplier sinceStart) {
        AtomicBoolean closed = new AtomicBoolean();
        Runnable loop = () -> {
            while (swapper.isActive() && !closed.get()) {
                swapper.tick(sinceStart.getAsLong());
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        };
        return new Swaps(
                closed,
                CompletableFuture.runAsync(
                        loop,
                        task -> Thread.ofPlatform()
                                .daemon()
                                .name("inkstream-bench-swap")
                                .start(task)));
    }

    /// Returns when the thread has ended.
    ///
    /// @throws java.util.concurrent.CompletionException if a version could not be sent
    @Override
    public void close() {
        closed.set(true);
        ended.join();
    }
}
