package dev.inkstream.app;

import dev.inkstream.app.console.Terminal;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// Prints the completion script of all commands, generated from them, for bash and zsh.
@Command(
        name = "completion",
        description = "Print the completion script for bash and zsh.",
        footer = {"", "Put this into ~/.bashrc or ~/.zshrc:", "  source <(inkstream completion)"})
final class CompletionCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final CommandLine root;

    CompletionCommand(Terminal terminal, CommandLine root) {
        this.terminal = terminal;
        this.root = root;
    }

    @Override
    public Integer call() {
        terminal.out().print(AutoComplete.bash(RootCommand.NAME, root));
        return CommandLine.ExitCode.OK;
    }
}
