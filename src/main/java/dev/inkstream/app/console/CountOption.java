package dev.inkstream.app.console;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// After how many records a command ends.
public final class CountOption {
    @Option(names = "--count", paramLabel = "N", description = "Stop after this many records (default: no limit).")
    private @Nullable Long count;

    /// `Long.MAX_VALUE` for no limit.
    ///
    /// @throws UsageException if it is less than 1
    public long limit() {
        return count == null ? Long.MAX_VALUE : OptionRange.from("--count", 1).check(count);
    }
}
