package dev.inkstream.app.role;

import dev.inkstream.app.console.OptionRange;
import dev.inkstream.app.console.UsageException;
import picocli.CommandLine.Option;

/// How many stream threads an instance has.
public final class ThreadOptions {
    private static final int MAX_THREADS = 64;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "Stream threads of an instance (default: ${DEFAULT-VALUE}).")
    private int threads = 1;

    /// @throws UsageException when there are none or too many
    public int threads() {
        return (int) new OptionRange("--threads", 1, MAX_THREADS).check(threads);
    }
}
