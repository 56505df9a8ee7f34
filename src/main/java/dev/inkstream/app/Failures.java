package dev.inkstream.app;

import dev.inkstream.app.console.Terminal;
import dev.inkstream.app.console.UserException;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.errors.InterruptException;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

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
        CommandLine command = failure.getCommandLine();
        say("%s; '%s --help' lists %s"
                .formatted(
                        sentence(failure),
                        command.getCommandSpec().qualifiedName(),
                        command.getSubcommands().isEmpty() ? "the options" : "the commands"));
        return ExitCode.USAGE;
    }

    /// The command threw.
    int onExecution(Exception failure, CommandLine command, ParseResult parsed) {
        if (failure instanceof InterruptedException || failure instanceof InterruptException) {
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

    private static String sentence(ParameterException failure) {
        if (failure instanceof UnmatchedArgumentException unmatched) {
            return unmatched(unmatched);
        }
        return lowercaseFirst(
                String.valueOf(failure.getMessage()).lines().findFirst().orElse("wrong command line"));
    }

    private static String unmatched(UnmatchedArgumentException failure) {
        String argument = failure.getUnmatched().getFirst();
        boolean command = !failure.getCommandLine().getSubcommands().isEmpty() && !argument.startsWith("-");
        List<String> suggestions = failure.getSuggestions();
        return "unknown %s '%s'%s"
                .formatted(
                        command ? "command" : argument.startsWith("-") ? "option" : "argument",
                        argument,
                        suggestions.isEmpty() ? "" : " (did you mean " + suggestions.getFirst() + "?)");
    }

    private static String lowercaseFirst(String sentence) {
        return sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1);
    }
}
