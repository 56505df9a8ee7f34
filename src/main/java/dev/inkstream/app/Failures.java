package dev.inkstream.app;

import dev.inkstream.app.console.LogOptions;
import dev.inkstream.app.console.Terminal;
import dev.inkstream.app.console.UsageException;
import dev.inkstream.app.console.UserException;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// Reports a failure in one sentence, and returns the exit status of the program. A stack trace
/// is printed only when asked for.
final class Failures {
    /// As a shell reports a command that Ctrl-C ended.
    static final int INTERRUPTED = 130;

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

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
        Optional<LogOptions> log = FailureSentence.option(command, LogOptions.class);
        if (log.isPresent() && !(failure instanceof UsageException)) {
            log(failure, command, log.get());
            return ExitCode.SOFTWARE;
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

    /// Standard output failed while a command printed.
    int onOutput(IOException failure) {
        say("standard output cannot be written (%s)".formatted(failure.getMessage()));
        return ExitCode.SOFTWARE;
    }

    /// A role logs its failure; a bug includes its stack trace.
    private void log(Exception failure, CommandLine command, LogOptions log) {
        log.apply();
        Optional<String> sentence = FailureSentence.of(failure, command);
        if (sentence.isPresent() && !log.traced() && !isTraceWanted(command)) {
            LOG.error(sentence.get());
        } else {
            LOG.error(
                    sentence.orElseGet(() -> FailureSentence.unexpected(failure, command) + " (please report it)"),
                    failure);
        }
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
