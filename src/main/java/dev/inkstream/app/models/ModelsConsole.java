package dev.inkstream.app.models;

import dev.inkstream.app.cluster.ReadOptions;
import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.Terminal;
import dev.inkstream.stream.Topic;
import dev.inkstream.stream.Topics;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;

/// What the models commands share: where they print, what stops them, and the time.
///
/// @param nanos a clock for waiting times, as [System#nanoTime()]
record ModelsConsole(Terminal terminal, StopSignal stop, InstantSource clock, LongSupplier nanos) {
    /// The topics, after a look whether those that a command uses are there.
    ModelTopics connect(ReadOptions options, Function<Topics, List<Topic<?, ?>>> used) throws InterruptedException {
        return new ModelTopics(options.connect(terminal, stop, used), new LeftOut(terminal.err()::println));
    }
}
