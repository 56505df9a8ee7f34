package dev.inkstream.bench;

import dev.inkstream.app.ParseSentence;
import dev.inkstream.app.console.StandardOutput;
import dev.inkstream.app.console.Terminal;
import dev.inkstream.app.console.UserException;
import dev.inkstream.dataset.DatasetException;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// The entry point of `inkstream bench network`, which the launcher starts with the options behind these words. Zero is
/// success, 1 a failure, 2 a wrong command line.
public final class Main {
    private final Terminal terminal;

    private Main(Terminal terminal) {
        this.terminal = terminal;
    }

    public static void main(String[] args) {
        Locale.setDefault(Locale.ROOT);
        Terminal terminal = Terminal.ofProcess(StandardOutput.ofProcess());
        int status = new Main(terminal).run(args);
        terminal.flush();
        System.exit(status);
    }

    private int run(String... args) {
        return new CommandLine(new NetworkCommand(terminal))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(terminal.out())
                .setErr(terminal.err())
                .setUsageHelpWidth(Math.clamp(terminal.screen().width(), 60, 120))
                .setParameterExceptionHandler(this::onUsage)
                .setExecutionExceptionHandler(this::onExecution)
                .execute(args);
    }

    private int onUsage(ParameterException failure, String[] args) {
        say(ParseSentence.of(failure));
        return ExitCode.USAGE;
    }

    /// What is no mistake of the user keeps its stack trace.
    private int onExecution(Exception failure, CommandLine command, ParseResult parsed) throws Exception {
        switch (failure) {
            case UserException user -> {
                say(String.valueOf(user.getMessage()));
                return user.exitCode();
            }
            case DatasetException data -> {
                say(String.valueOf(data.getMessage()));
                return ExitCode.SOFTWARE;
            }
            default -> throw failure;
        }
    }

    private void say(String sentence) {
        terminal.err().println("inkstream: " + sentence);
    }
}
