package dev.inkstream.app.cluster;

import dev.inkstream.app.console.DurationConverter;
import java.time.Duration;
import picocli.CommandLine.Option;

/// How long a command waits at its start for what it needs: it may be started together with the broker.
final class WaitOptions {
    @Option(
            names = "--wait",
            paramLabel = "TIME",
            defaultValue = "60s",
            converter = DurationConverter.class,
            description = "How long to wait at start for a broker and the schema registry; a role also waits for"
                    + " its topics (default: ${DEFAULT-VALUE}).")
    private Duration time = Duration.ofSeconds(60);

    Duration time() {
        return time;
    }
}
