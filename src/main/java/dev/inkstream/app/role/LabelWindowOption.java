package dev.inkstream.app.role;

import dev.inkstream.app.console.DurationConverter;
import dev.inkstream.app.console.OptionRange;
import dev.inkstream.app.console.UsageException;
import java.time.Duration;
import picocli.CommandLine.Option;

/// How far apart a join matches records. Each command declares its own `--label-memory`: an entry of the labeler has
/// pixels, so default, lower bound and what is evicted differ.
final class LabelWindowOption {
    @Option(
            names = "--label-window",
            paramLabel = "TIME",
            defaultValue = "1h",
            converter = DurationConverter.class,
            description = "Largest difference of the record timestamps of a label and its image (labeler) or its"
                    + " prediction (evaluator), like 30s, 5m or 48h (default: ${DEFAULT-VALUE}).")
    private Duration window = Duration.ofHours(1);

    /// @throws UsageException when it is not positive
    Duration window() {
        return OptionRange.checkPositive("--label-window", window);
    }
}
