package dev.inkstream.app;

import dev.inkstream.app.console.Terminal;
import dev.inkstream.app.console.UserException;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import org.apache.kafka.common.errors.InterruptException;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// Tells a failure in one sentence, and gives the exit status it ends the program with. A stack trace
/// is printed only when asked for.
final class Failures {
    /// As a shell reports a command that Ctrl-C ended.
    static final int INTERRUPTED = 130;

    private final Terminal terminal;

    Failures(Terminal terminal) {
        this.terminal = terminal;
    }

    /// The command line cannot be parsed.
    int onUsage(ParameterException failure, String[] args) {
        say(ParseSentence.of(failure));
        return ExitCode.USAGE;
    }

    /// The command threw.
    int onExecution(Exception failure, CommandLine command, ParseResult parsed) {
        if (failure instanceof InterruptedException
                || failure instanceof InterruptException
                || failure instanceof CancellationException) {
            return INTERRUPTED;
        }
        boolean traced = isTraceWanted(command);
        say(FailureSentence.of(failure, command)
                .orElseGet(() -> FailureSentence.unexpected(failure, command)
                        + (traced ? "" : " (run it with --stacktrace to see where, and please report it)")));
        if (traced) {
            failure.printStackTrace(terminal.err());
        }
        return failure instanceof UserException user ? user.exitCode() : ExitCode.SOFTWARE;
    }

    /// What a command printed did not reach standard output.
    int onOutput(IOException failure) {
        say("standard output cannot be written (%s)".formatted(failure.getMessage()));
        return ExitCode.SOFTWARE;
    }

    private void say(String sentence) {
        terminal.out().flush();
        terminal.err().println("inkstream: " + sentence);
    }

    private boolean isTraceWanted(CommandLine command) {
        CommandLine root = command;
        while (root.getParent() != null) {
            root = root.getParent();
        }
        return root.<RootCommand>getCommand().stackTrace()
                || !terminal.env().getOrDefault("INKSTREAM_DEBUG", "").isEmpty();
    }
}
