package dev.inkstream.app.models;

import dev.inkstream.record.ModelCommand.Request;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Asks the evaluator to serve a version.
@Command(
        name = "promote",
        description = "Serve a version, whatever the evidence says.",
        footer = {
            "",
            "Under the policies holdout and live, the version that it replaces runs beside it, and is restored if labels"
                    + " show that it is better."
        })
final class ModelsPromoteCommand implements Callable<Integer> {
    private final Asking asking;

    @Mixin
    private CommandOptions options = new CommandOptions();

    @Parameters(paramLabel = "N", description = "The version, like 7 or v7, or an alias.")
    private String version = "";

    ModelsPromoteCommand(Asking asking) {
        this.asking = asking;
    }

    @Override
    public Integer call() throws InterruptedException {
        VersionName wanted = VersionName.of("N", version);
        return asking.ask(options, versions -> new Request.Promote(versions.number(wanted)));
    }
}
