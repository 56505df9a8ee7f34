package dev.inkstream.app.models;

import dev.inkstream.app.cluster.ModelNameOption;
import dev.inkstream.app.cluster.ReadOptions;
import dev.inkstream.app.console.DurationConverter;
import dev.inkstream.app.console.OptionRange;
import dev.inkstream.app.console.UsageException;
import dev.inkstream.record.ModelCommand;
import java.time.Duration;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What every command that asks the evaluator for something needs.
final class CommandOptions {
    @Mixin
    private ReadOptions options = new ReadOptions();

    @Mixin
    private ModelNameOption model = new ModelNameOption();

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "Why; the decision repeats it (default: none).")
    private String reason = "";

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "30s",
            converter = DurationConverter.class,
            description = "How long to wait for the decision of the evaluator (default: ${DEFAULT-VALUE}).")
    private Duration timeout = Duration.ofSeconds(30);

    ReadOptions read() {
        return options;
    }

    /// @throws UsageException if it cannot be the name of a model
    String model() {
        return model.model();
    }

    boolean json() {
        return options.json();
    }

    /// @throws UsageException if it is too long
    String reason() {
        if (reason.length() > ModelCommand.MAX_CHARACTERS) {
            throw new UsageException("--reason has %d characters; it must have at most %d"
                    .formatted(reason.length(), ModelCommand.MAX_CHARACTERS));
        }
        return reason;
    }

    /// @throws UsageException if it is 0
    Duration timeout() {
        return OptionRange.checkPositive("--timeout", timeout);
    }
}
