package dev.inkstream.app.role;

import dev.inkstream.stream.StreamsRunner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// One running application instance. Thread-safe; closing it stops it cleanly.
///
/// @param name what a person calls it
public record Role(String name, StreamsRunner runner) implements AutoCloseable {
    /// Completes when it has stopped: exceptionally if a failure stopped it.
    public CompletableFuture<Void> stopped() {
        return runner.stopped();
    }

    /// @throws RuntimeException the failure that has stopped it, if one has
    public void rethrow() {
        try {
            stopped().getNow(null);
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    @Override
    public void close() {
        runner.close();
    }
}
