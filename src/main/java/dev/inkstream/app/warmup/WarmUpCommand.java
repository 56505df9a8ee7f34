package dev.inkstream.app.warmup;

import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.Terminal;
import dev.inkstream.app.files.TemporaryDirectory;
import dev.inkstream.app.process.BrokerProcess;
import dev.inkstream.app.process.JavaCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Runs what a start needs, for a JVM that writes an AOT cache when it ends (`-XX:AOTCacheOutput`).
@Command(
        name = "warm-up",
        hidden = true,
        description = "Run every role for a moment against a broker of its own, so that the JVM can learn what a start"
                + " needs. For -XX:AOTCacheOutput.")
public final class WarmUpCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final StopSignal stop;
    private final Program program;

    /// The cache is of this process, whose class path does not have the broker: so that is another.
    @Option(
            names = "--broker-class-path",
            required = true,
            paramLabel = "PATH",
            description = "Class path of a process that runs the broker.")
    private String brokerClassPath = "";

    /// @param program runs the roles
    public WarmUpCommand(Terminal terminal, StopSignal stop, Program program) {
        this.terminal = terminal;
        this.stop = stop;
        this.program = program;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        try (TemporaryDirectory files = TemporaryDirectory.create(parent, "inkstream-warm-up-");
                BrokerProcess broker = BrokerProcess.start(
                        JavaCommand.ofClassPath(brokerClassPath), files.path().resolve("broker.log"), stop)) {
            new WarmUp(new QuietProgram(program, terminal, broker.address())).run();
        }
        return CommandLine.ExitCode.OK;
    }
}
