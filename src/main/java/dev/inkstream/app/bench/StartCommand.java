package dev.inkstream.app.bench;

import dev.inkstream.app.console.OptionRange;
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
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Measures how soon processes do something.
@Command(
        name = "start",
        description =
                "Measure the time from the start of each role's JVM to its first record, and from that of the demo"
                        + " to its first prediction.")
final class StartCommand implements Callable<Integer> {
    /// With the filling of its topics, on two cores.
    private static final int RUN_SECONDS = 30;

    private static final int MAX_RUNS = 1_000;

    private final Terminal terminal;
    private final StopSignal stop;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "5",
            description = "Starts of each process (default: ${DEFAULT-VALUE}).")
    private int runs = 5;

    @Mixin
    private ProcessingOptions processing = new ProcessingOptions();

    @Mixin
    private DatasetOptions dataset = new DatasetOptions();

    @Mixin
    private NetworkOptions network = new NetworkOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    StartCommand(Terminal terminal, StopSignal stop) {
        this.terminal = terminal;
        this.stop = stop;
    }

    @Override
    public Integer call() throws InterruptedException {
        new OptionRange("--runs", 1, MAX_RUNS).check(runs);
        network.check();
        BenchInput input = BenchInput.of(dataset.find(terminal), network);
        BenchConsole console = new BenchConsole(terminal, output.json(), BenchSettings.json(spec, input, processing));
        console.begin(input);
        RoleCommands commands = new RoleCommands(input, GivenOptions.of(spec, "network"), processing);
        StartTimes times = new StartTimes();
        console.say("starts a broker, then each role and the demo %d times; a run takes about %d s"
                .formatted(runs, RUN_SECONDS));
        try (BenchCluster cluster = BenchCluster.start(stop)) {
            StartRuns starts = new StartRuns(cluster, commands, GivenOptions.of(spec, "dataset"));
            for (int run = 1; run <= runs; run++) {
                console.say("run %d of %d ...".formatted(run, runs));
                starts.once(times);
            }
        }
        console.end(times.text(), times.json());
        return CommandLine.ExitCode.OK;
    }
}
