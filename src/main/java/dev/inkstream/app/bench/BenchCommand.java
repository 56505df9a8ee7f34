package dev.inkstream.app.bench;

import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `inkstream bench`: the commands that measure.
@Command(
        name = "bench",
        description = "Measure on this machine: throughput, latency and start. Broker and roles are processes of their"
                + " own, as in production.")
public final class BenchCommand {
    private BenchCommand() {}

    /// The command with those below it.
    public static CommandLine line(Terminal terminal, StopSignal stop) {
        return new CommandLine(new BenchCommand())
                .addSubcommand(new PipelineCommand(terminal, stop))
                .addSubcommand(new LatencyCommand(terminal, stop))
                .addSubcommand(new StartCommand(terminal, stop))
                .addSubcommand(new NetworkBenchCommand())
                .addSubcommand(new CopyCommand(stop));
    }
}
