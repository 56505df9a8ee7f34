package dev.inkstream.app.role;

import dev.inkstream.app.monitor.HealthCheck;
import dev.inkstream.record.Causes;
import dev.inkstream.stream.runtime.StreamsRunner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// One running application instance. Thread-safe; closing it stops it cleanly.
///
/// @param name what a person calls it
/// @param health what `/livez` and `/readyz` ask
public record Role(String name, StreamsRunner runner, HealthCheck health) implements AutoCloseable {
    /// Completes when it has stopped: exceptionally if a failure stopped it.
    public CompletableFuture<Void> stopped() {
        return runner.stopped();
    }

    /// @throws RuntimeException the failure that has stopped it, if one has
    public void rethrow() {
        try {
            stopped().getNow(null);
        } catch (CompletionException e) {
            throw Causes.unwrapped(e);
        }
    }

    @Override
    public void close() {
        runner.close();
    }
}
