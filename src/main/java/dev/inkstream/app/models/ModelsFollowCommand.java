package dev.inkstream.app.models;

import dev.inkstream.record.ModelCommand.Request;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Asks the evaluator to decide by its policy again.
@Command(name = "follow", description = "Let the promotion policy decide again, after 'models pin' or a roll-back.")
final class ModelsFollowCommand implements Callable<Integer> {
    private final Asking asking;

    @Mixin
    private CommandOptions options = new CommandOptions();

    ModelsFollowCommand(Asking asking) {
        this.asking = asking;
    }

    @Override
    public Integer call() throws InterruptedException {
        return asking.ask(options, versions -> new Request.Follow());
    }
}
