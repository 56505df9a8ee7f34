package dev.inkstream.app.bench;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// Starts what sends beside what reads. Stateless.
final class Sending {
    private Sending() {}

    /// Runs on a thread of its own, which does not keep the JVM alive.
    static CompletableFuture<Long> start(Supplier<Long> sender) {
        return CompletableFuture.supplyAsync(
                sender,
                task -> Thread.ofPlatform()
                        .daemon()
                        .name("inkstream-bench-send")
                        .start(task));
    }
}
