package dev.inkstream.app.models;

import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `inkstream models`: the commands about models and their versions.
@Command(name = "models", description = "List models, and show the versions of one.")
public final class ModelsCommand {
    private ModelsCommand() {}

    /// The command with those below it.
    public static CommandLine line(Terminal terminal, StopSignal stop) {
        return new CommandLine(new ModelsCommand())
                .addSubcommand(new ModelsListCommand(new ModelsReading(terminal, stop)))
                .addSubcommand(new ModelsShowCommand(new ModelsReading(terminal, stop)));
    }
}
