package dev.inkstream.app.origin;

import dev.inkstream.app.cluster.ReadAccess;
import dev.inkstream.app.cluster.ReadOptions;
import dev.inkstream.app.cluster.SignOption;
import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.Terminal;
import dev.inkstream.app.models.LeftOut;
import dev.inkstream.stream.Topic;
import dev.inkstream.stream.Topics;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;

/// What these commands share: where they print, what stops them, and the time.
///
/// @param clock gives the timestamps of records
public record OriginConsole(Terminal terminal, StopSignal stop, InstantSource clock) {

    /// A connection that is checked.
    ///
    /// @param used the topics that a command uses
    /// @throws dev.inkstream.stream.runtime.TopicsNotReadyException if one is missing
    OriginTopics connect(ReadOptions options, Function<Topics, List<Topic<?, ?>>> used) throws InterruptedException {
        return topics(options.connect(terminal, stop, used));
    }

    /// The same for a command that publishes a version.
    OriginTopics connect(ReadOptions options, SignOption sign, Function<Topics, List<Topic<?, ?>>> used)
            throws InterruptedException {
        return topics(options.connect(terminal, stop, sign, used));
    }

    private OriginTopics topics(ReadAccess access) {
        return new OriginTopics(access, LeftOut.once(terminal.err()::println));
    }
}
