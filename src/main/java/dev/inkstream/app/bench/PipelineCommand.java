package dev.inkstream.app.bench;

import dev.inkstream.app.console.OutputOption;
import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.Terminal;
import dev.inkstream.app.feed.DatasetOptions;
import dev.inkstream.app.role.NetworkOptions;
import java.util.concurrent.Callable;
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
    private CommandSpec spec = CommandSpec.create();

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
        BenchConsole console = new BenchConsole(terminal, output.json(), BenchSettings.json(spec, input, processing));
        console.begin(input);
        console.say("guarantee and settings: " + processing.profile().text());
        RoleCommands commands = new RoleCommands(input, GivenOptions.of(spec, "network"), processing);
        try (BenchCluster cluster = BenchCluster.start(stop)) {
            PipelineReport report = new PipelineReport(
                    input.training().describe(), new PipelineRuns(cluster, commands, options, console::say).all());
            console.end(report.text(), report.json());
        }
        return CommandLine.ExitCode.OK;
    }
}
