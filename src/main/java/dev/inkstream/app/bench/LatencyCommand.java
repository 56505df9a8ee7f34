package dev.inkstream.app.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.inkstream.app.console.OutputOption;
import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.Terminal;
import dev.inkstream.app.feed.DatasetOptions;
import dev.inkstream.app.role.NetworkOptions;
import dev.inkstream.app.role.ThreadOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Measures times at a fixed rate.
@Command(
        name = "latency",
        description = "Measure the time from an image to its prediction, or from a labeled image to the version that"
                + " learned from it, at a fixed rate.",
        footer = {"", "The time of a prediction ends when a consumer of committed records has read the prediction."})
final class LatencyCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final StopSignal stop;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private LatencyOptions options = new LatencyOptions();

    @Mixin
    private ThreadOptions threads = new ThreadOptions();

    @Mixin
    private ProcessingOptions processing = new ProcessingOptions();

    @Mixin
    private DatasetOptions dataset = new DatasetOptions();

    @Mixin
    private NetworkOptions network = new NetworkOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    LatencyCommand(Terminal terminal, StopSignal stop) {
        this.terminal = terminal;
        this.stop = stop;
    }

    @Override
    public Integer call() throws InterruptedException {
        options.check(spec);
        network.check();
        int number = threads.threads();
        BenchInput input = BenchInput.of(dataset.find(terminal), network);
        BenchConsole console = new BenchConsole(terminal, output.json(), BenchSettings.json(spec, input, processing));
        console.begin(input);
        RoleCommands commands = new RoleCommands(input, GivenOptions.of(spec, "network"), processing);
        console.say("guarantee and settings: " + processing.profile().text());
        console.say("starts a broker and the roles, then " + options.plan());
        try (BenchCluster cluster = BenchCluster.start(stop)) {
            if (options.learning()) {
                LearningTimes times = new LearningRun(cluster, commands, options).run();
                console.end(times.text(), times.json());
            } else {
                LatencyRun.Result result = new LatencyRun(cluster, commands, options, number).run();
                ObjectNode json = result.latencies().json().put("swaps", result.swaps());
                console.end(result.latencies().text(), json);
            }
        }
        return CommandLine.ExitCode.OK;
    }
}
