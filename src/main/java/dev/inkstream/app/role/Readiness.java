package dev.inkstream.app.role;

import dev.inkstream.app.monitor.HealthCheck;
import dev.inkstream.stream.runtime.StreamsRunner;
import java.util.Optional;
import java.util.function.Supplier;

/// What `/readyz` and `/livez` ask of a role: its client runs, no thread of it has failed, its topics are there, and a
/// classifier has weights. Thread-safe.
///
/// @param name what a person calls the role
/// @param lacks what the role needs and does not have, besides what its runner knows; empty if nothing
record Readiness(String name, StreamsRunner runner, Supplier<Optional<String>> lacks) implements HealthCheck {
    @Override
    public Optional<String> whyNotLive() {
        return runner.hasStopped() ? Optional.of(state()) : Optional.empty();
    }

    @Override
    public Optional<String> whyNotReady() {
        if (!runner.isRunning()) {
            return Optional.of(state());
        }
        int failed = runner.failedThreads();
        return failed > 0
                ? Optional.of(name + ": " + failed + " stream threads have failed")
                : lacks.get().map(what -> name + ": " + what);
    }

    private String state() {
        return name + ": Kafka Streams is " + runner.stateName();
    }
}
