package dev.inkstream.app.role;

import dev.inkstream.app.monitor.Health;
import dev.inkstream.record.Causes;
import dev.inkstream.stream.runtime.StreamsRunner;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;

/// One running application instance. Thread-safe; closing it stops it cleanly.
///
/// @param name what a person calls it
/// @param lacks what it needs and has not, beside what its runner knows
public record Role(String name, StreamsRunner runner, Supplier<Optional<String>> lacks)
        implements AutoCloseable, Health {
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
    public Optional<String> whyNotLive() {
        return switch (runner.state()) {
            case ERROR, PENDING_ERROR, NOT_RUNNING -> Optional.of(state());
            case CREATED, REBALANCING, RUNNING, PENDING_SHUTDOWN -> Optional.empty();
        };
    }

    @Override
    public Optional<String> whyNotReady() {
        if (runner.state() != KafkaStreams.State.RUNNING) {
            return Optional.of(state());
        }
        int failed = runner.failedThreads();
        return failed > 0
                ? Optional.of(name + ": " + failed + " stream threads have failed")
                : lacks.get().map(what -> name + ": " + what);
    }

    private String state() {
        return name + ": Kafka Streams is " + runner.state();
    }

    @Override
    public void close() {
        runner.close();
    }
}
