package dev.inkstream.app.models;

import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.Terminal;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `inkstream models`: the commands about models and their versions.
@Command(name = "models", description = "List models and versions, decide which version serves, and verify them.")
public final class ModelsCommand {
    private ModelsCommand() {}

    /// The command with those below it.
    ///
    /// @param clock gives the age of versions, and when a command was given
    /// @param nanos a clock for waiting times, as [System#nanoTime()]
    public static CommandLine line(Terminal terminal, StopSignal stop, InstantSource clock, LongSupplier nanos) {
        ModelsConsole console = new ModelsConsole(terminal, stop, clock, nanos);
        Asking asking = new Asking(console);
        return new CommandLine(new ModelsCommand())
                .addSubcommand(new ModelsListCommand(console))
                .addSubcommand(new ModelsShowCommand(console))
                .addSubcommand(new ModelsHistoryCommand(console))
                .addSubcommand(new ModelsPromoteCommand(asking))
                .addSubcommand(new ModelsRollbackCommand(asking))
                .addSubcommand(new ModelsPinCommand(asking))
                .addSubcommand(new ModelsFollowCommand(asking))
                .addSubcommand(new ModelsAliasCommand(asking));
    }
}
