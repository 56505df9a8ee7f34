package dev.inkstream.app.models;

import dev.inkstream.app.console.UsageException;
import dev.inkstream.record.ModelCommand.Request;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Asks the evaluator to give a version a name.
@Command(
        name = "alias",
        description = "Give a version a name, which the models commands take in its place.",
        footer = {"", "A name that is in use moves to the version: inkstream models alias challenger=7"})
final class ModelsAliasCommand implements Callable<Integer> {
    private final Asking asking;

    @Mixin
    private CommandOptions options = new CommandOptions();

    @Parameters(paramLabel = "NAME=N", description = "The alias, and the version: 7, v7 or another alias.")
    private String alias = "";

    ModelsAliasCommand(Asking asking) {
        this.asking = asking;
    }

    @Override
    public Integer call() throws InterruptedException {
        int equals = alias.indexOf('=');
        if (equals < 0) {
            throw UsageException.of("NAME=N", alias, "an alias and a version, like challenger=7");
        }
        String name = VersionName.alias(alias.substring(0, equals));
        VersionName wanted = VersionName.of("N", alias.substring(equals + 1));
        return asking.ask(options, versions -> new Request.Alias(name, versions.number(wanted)));
    }
}
