package dev.inkstream.app.warmup;

import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.Terminal;
import java.util.List;

/// The program with all its commands, as `main` runs it.
@FunctionalInterface
public interface Program {
    /// Runs one command to its end, or until the stop signal.
    ///
    /// @param arguments the command and its options
    /// @return the exit status
    int run(Terminal terminal, StopSignal stop, List<String> arguments);
}
