package dev.inkstream.app.topics;

import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `inkstream topics`: the commands about topics.
@Command(name = "topics", description = "Create and list Inkstream's topics.")
public final class TopicsCommand {
    private TopicsCommand() {}

    /// The command with those below it.
    public static CommandLine line(Terminal terminal, StopSignal stop) {
        return new CommandLine(new TopicsCommand())
                .addSubcommand(new TopicsCreateCommand(terminal, stop))
                .addSubcommand(new TopicsListCommand(terminal, stop));
    }
}
