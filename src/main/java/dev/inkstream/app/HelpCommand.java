package dev.inkstream.app;

import dev.inkstream.app.console.Terminal;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.UnmatchedArgumentException;

/// Prints what `--help` of a command prints.
@Command(name = "help", description = "Explain a command, as its --help does.")
final class HelpCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final CommandLine root;

    @Parameters(
            arity = "0..*",
            paramLabel = "COMMAND",
            description = "The command, like trainer or models show (default: inkstream itself).")
    private List<String> names = List.of();

    HelpCommand(Terminal terminal, CommandLine root) {
        this.terminal = terminal;
        this.root = root;
    }

    @Override
    public Integer call() {
        CommandLine command = root;
        for (String name : names) {
            CommandLine next = command.getSubcommands().get(name);
            if (next == null) {
                throw new UnmatchedArgumentException(command, List.of(name));
            }
            command = next;
        }
        command.usage(terminal.out());
        return CommandLine.ExitCode.OK;
    }
}
