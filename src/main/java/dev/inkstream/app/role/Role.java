package dev.inkstream.app.role;

import dev.inkstream.stream.StreamsRunner;
import java.util.concurrent.CompletableFuture;

/// One running application instance. Thread-safe; closing it stops it cleanly.
///
/// @param name what a person calls it
public record Role(String name, StreamsRunner runner) implements AutoCloseable {
    /// Completes when it has stopped: exceptionally if a failure stopped it.
    public CompletableFuture<Void> stopped() {
        return runner.stopped();
    }

    @Override
    public void close() {
        runner.close();
    }
}
