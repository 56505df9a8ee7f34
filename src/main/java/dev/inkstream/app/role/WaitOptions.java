package dev.inkstream.app.role;

import dev.inkstream.app.console.DurationConverter;
import java.time.Duration;
import picocli.CommandLine.Option;

/// How long a role waits at start for what it needs.
final class WaitOptions {
    @Option(
            names = "--wait",
            paramLabel = "TIME",
            defaultValue = "60s",
            converter = DurationConverter.class,
            description = "How long to wait at start for a broker and for the topics (default: ${DEFAULT-VALUE}).")
    private Duration patience = Duration.ofSeconds(60);

    Duration patience() {
        return patience;
    }
}
