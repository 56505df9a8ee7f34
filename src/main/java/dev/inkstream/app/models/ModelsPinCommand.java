package dev.inkstream.app.models;

import dev.inkstream.record.ModelCommand.Request;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Asks the evaluator to serve a version until further notice.
@Command(
        name = "pin",
        description = "Serve a version until 'models follow'.",
        footer = {"", "Until then no candidate is promoted, and nothing is rolled back."})
final class ModelsPinCommand implements Callable<Integer> {
    private final Asking asking;

    @Mixin
    private CommandOptions options = new CommandOptions();

    @Parameters(paramLabel = "N", description = "The version, like 7 or v7, or an alias.")
    private String version = "";

    ModelsPinCommand(Asking asking) {
        this.asking = asking;
    }

    @Override
    public Integer call() throws InterruptedException {
        VersionName wanted = VersionName.of("N", version);
        return asking.ask(options, versions -> new Request.Pin(versions.number(wanted)));
    }
}
