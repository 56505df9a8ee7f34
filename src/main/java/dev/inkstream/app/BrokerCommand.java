package dev.inkstream.app;

import dev.inkstream.app.broker.EmbeddedBroker;
import dev.inkstream.app.broker.PortOption;
import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.Terminal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Runs the embedded broker alone, until it is stopped.
@Command(name = "broker", description = "Run a single Kafka broker on this machine, to try things out.")
final class BrokerCommand implements Callable<Integer> {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final Terminal terminal;
    private final StopSignal stop;

    @Mixin
    private PortOption port = new PortOption();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Directory to keep the data in (default: a temporary one, deleted at the end).")
    private @Nullable Path data;

    BrokerCommand(Terminal terminal, StopSignal stop) {
        this.terminal = terminal;
        this.stop = stop;
    }

    private void awaitStop(EmbeddedBroker broker) throws InterruptedException {
        boolean warned = false;
        while (!stop.await(LOOK_EVERY)) {
            if (!warned && broker.isNearlyFull()) {
                warned = true;
                terminal.err()
                        .printf("the disk of %s is nearly full: the broker stops when it is full%n", broker.data());
                terminal.err().flush();
            }
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        try (EmbeddedBroker broker =
                data == null ? EmbeddedBroker.start(port.port()) : EmbeddedBroker.start(port.port(), data)) {
            terminal.out()
                    .printf("Kafka is ready on %s (data in %s, Ctrl-C stops it)%n", broker.address(), broker.data());
            terminal.flush();
            awaitStop(broker);
        }
        return CommandLine.ExitCode.OK;
    }
}
