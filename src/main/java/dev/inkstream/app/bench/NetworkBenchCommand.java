package dev.inkstream.app.bench;

import dev.inkstream.app.console.OutputOption;
import dev.inkstream.app.console.UserException;
import dev.inkstream.app.feed.DatasetOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Stands for `bench network` in help and completion. In a checkout the launcher starts a program of its own instead,
/// with libraries that this one does not have.
@Command(name = "network", description = NetworkBenchOptions.DESCRIPTION)
@SuppressWarnings("unused") // picocli lists the options
final class NetworkBenchCommand implements Callable<Integer> {
    @Mixin
    private NetworkBenchOptions options = new NetworkBenchOptions();

    @Mixin
    private DatasetOptions dataset = new DatasetOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    @Override
    public Integer call() {
        throw new UserException(
                "bench network needs Inkstream's sources: run './inkstream bench network' in a checkout");
    }
}
