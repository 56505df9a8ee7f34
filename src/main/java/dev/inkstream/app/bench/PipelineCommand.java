package dev.inkstream.app.bench;

import dev.inkstream.app.console.Json;
import dev.inkstream.app.console.OutputOption;
import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.Terminal;
import dev.inkstream.app.feed.DatasetOptions;
import dev.inkstream.app.role.NetworkOptions;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Fills the topics first, then lets each workload read them alone, as fast as it can.
@Command(
        name = "pipeline",
        description = "Measure how many records a second each role processes, and the processor time of role and"
                + " broker.",
        footer = {
            "",
            "The rate is that from the first commit to the last. The other columns are processor seconds for a million"
                    + " records."
        })
final class PipelineCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final StopSignal stop;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private PipelineOptions options = new PipelineOptions();

    @Mixin
    private ProcessingOptions processing = new ProcessingOptions();

    @Mixin
    private DatasetOptions dataset = new DatasetOptions();

    @Mixin
    private NetworkOptions network = new NetworkOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    PipelineCommand(Terminal terminal, StopSignal stop) {
        this.terminal = terminal;
        this.stop = stop;
    }

    @Override
    public Integer call() throws InterruptedException {
        options.check();
        network.check();
        BenchInput input = BenchInput.of(dataset.find(terminal), network);
        RoleCommands commands = new RoleCommands(input, GivenOptions.of(spec, "network"), processing);
        Machine machine = Machine.ofThisProcess();
        say(machine.line());
        say("%s, network %s".formatted(input.data().description(), input.training().describe()));
        List<Measured> runs;
        try (BenchCluster cluster = BenchCluster.start(stop)) {
            runs = new PipelineRuns(cluster, commands, options, this::say).all();
        }
        PipelineReport report = new PipelineReport(machine, input.training().describe(), runs);
        terminal.out().print(output.json() ? Json.document(report.json()) + "\n" : report.text());
        terminal.out().flush();
        return CommandLine.ExitCode.OK;
    }

    private void say(String line) {
        terminal.err().println(line);
        terminal.err().flush();
    }
}
