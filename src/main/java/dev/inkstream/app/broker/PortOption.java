package dev.inkstream.app.broker;

import dev.inkstream.app.console.OptionRange;
import dev.inkstream.app.console.UsageException;
import picocli.CommandLine.Option;

/// The port of the embedded broker.
public final class PortOption {
    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "9092",
            description = "Port of the Kafka broker on 127.0.0.1, 0 for a free one (default: ${DEFAULT-VALUE}).")
    private int port;

    /// @throws UsageException if it is no port
    public int port() {
        return (int) new OptionRange("--port", 0, 65_535).check(port);
    }
}
