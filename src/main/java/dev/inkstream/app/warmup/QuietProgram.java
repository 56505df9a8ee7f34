package dev.inkstream.app.warmup;

import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.Terminal;
import dev.inkstream.app.console.UserException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import java.util.stream.Stream;

/// Runs commands against one broker, and prints nothing of them but their failures. Thread-safe if the terminal is.
///
/// @param terminal gets the failures
/// @param address of the broker
record QuietProgram(Program program, Terminal terminal, String address) {
    /// @return the exit status
    int run(StopSignal stop, List<String> arguments) {
        Terminal quiet = new Terminal(
                new PrintWriter(Writer.nullWriter()), terminal.err(), Terminal.Screen.PLAIN, terminal.env());
        return program.run(
                quiet,
                stop,
                Stream.concat(arguments.stream(), Stream.of("--bootstrap-server", address))
                        .toList());
    }

    /// @throws UserException if the command fails
    void require(StopSignal stop, List<String> arguments) {
        require(arguments.getFirst(), run(stop, arguments));
    }

    /// @throws UserException if the status is not 0
    static void require(String command, int status) {
        if (status != 0) {
            throw new UserException("the command %s of the warm-up failed with status %d".formatted(command, status));
        }
    }
}
