package dev.inkstream.app.role;

import dev.inkstream.stream.runtime.Tuning;
import picocli.CommandLine.Option;

/// What the defaults of a role's Kafka clients favor.
final class TuningOption {
    @Option(
            names = "--tuned-for",
            paramLabel = "GOAL",
            defaultValue = "throughput",
            description = "What the Kafka clients' defaults favor: throughput, or latency (a commit every 10 ms instead"
                    + " of 200). Settings of yours override them (default: ${DEFAULT-VALUE}).")
    private Tuning tuning = Tuning.THROUGHPUT;

    Tuning tuning() {
        return tuning;
    }
}
