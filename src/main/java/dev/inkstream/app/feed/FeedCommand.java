package dev.inkstream.app.feed;

import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `inkstream feed`: the commands that send a dataset's images.
@Command(name = "feed", description = "Send a dataset's images and labels to the topics.")
public final class FeedCommand {
    private FeedCommand() {}

    /// The command with those below it.
    public static CommandLine line(Terminal terminal, StopSignal stop) {
        return new CommandLine(new FeedCommand())
                .addSubcommand(new FeedImagesCommand(terminal, stop))
                .addSubcommand(new FeedLabelsCommand(terminal, stop))
                .addSubcommand(new FeedHoldoutCommand(terminal, stop));
    }
}
