package dev.inkstream.app.models;

import dev.inkstream.record.ModelCommand.Request;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Asks the evaluator to serve a version that served before.
@Command(
        name = "rollback",
        description = "Serve the version that served before, or version N.",
        footer = {"", "Promotions are held until a candidate beats that version."})
final class ModelsRollbackCommand implements Callable<Integer> {
    private final Asking asking;

    @Mixin
    private CommandOptions options = new CommandOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "N",
            description = "The version, like 7 or v7, or an alias (default: the one that served before).")
    private @Nullable String version;

    ModelsRollbackCommand(Asking asking) {
        this.asking = asking;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (version == null) {
            return asking.ask(options, versions -> new Request.Rollback(OptionalLong.empty()));
        }
        VersionName wanted = VersionName.of("N", version);
        return asking.ask(options, versions -> new Request.Rollback(OptionalLong.of(versions.number(wanted))));
    }
}
