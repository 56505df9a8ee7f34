package dev.inkstream.app.bench;

import dev.inkstream.app.console.StopSignal;
import dev.inkstream.codec.InMemorySchemaRegistry;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Runs a [CopyTopology] as roles are run, until it is stopped. `bench pipeline` starts it.
@Command(name = "copy", hidden = true, description = "Do a part of a role's work, to compare the role with.")
final class CopyCommand implements Callable<Integer> {
    private final StopSignal stop;

    @Mixin
    private TopologyOptions topology = new TopologyOptions();

    @Option(names = "--mode", paramLabel = "MODE", required = true, description = "pass-through, copy or decode.")
    private CopyMode mode = CopyMode.PASS_THROUGH;

    CopyCommand(StopSignal stop) {
        this.stop = stop;
    }

    @Override
    public Integer call() throws InterruptedException {
        topology.run(
                stop,
                given -> new CopyTopology(
                                given.topics(),
                                given.format(),
                                new InMemorySchemaRegistry(),
                                given.monitor().meters())
                        .get(mode));
        return CommandLine.ExitCode.OK;
    }
}
