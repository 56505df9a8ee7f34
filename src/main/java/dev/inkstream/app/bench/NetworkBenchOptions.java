package dev.inkstream.app.bench;

import dev.inkstream.app.console.OptionRange;
import dev.inkstream.app.console.UsageException;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine.Option;

/// What `bench network` measures, and for how long.
public final class NetworkBenchOptions {
    /// What the command does, for its help.
    public static final String DESCRIPTION =
            "Measure how many images a second the network classifies and learns on one thread, beside ONNX Runtime and"
                    + " PyTorch on the same images, and print the ratios. It runs in a checkout and takes about ten"
                    + " minutes.";

    private static final int MOST_ITERATIONS = 100;

    @Option(
            names = "--iterations",
            paramLabel = "N",
            defaultValue = "3",
            description = "Measured iterations of 2 s in each of the two processes of a benchmark, 1 to 100 (default:"
                    + " ${DEFAULT-VALUE}).")
    private int iterations = 3;

    @Option(
            names = "--only",
            paramLabel = "REGEX",
            defaultValue = "",
            description = "Only benchmarks with a part of their name that matches, such as 'classify 784-30-10|PyTorch'"
                    + " (default: all).")
    private String only = "";

    /// @throws UsageException when it is out of range
    public int iterations() {
        return (int) new OptionRange("--iterations", 1, MOST_ITERATIONS).check(iterations);
    }

    /// Matches a part of the name of a benchmark.
    ///
    /// @throws UsageException when it is no regular expression
    public Pattern only() {
        try {
            return Pattern.compile(only);
        } catch (PatternSyntaxException e) {
            throw UsageException.of("--only", only, "a regular expression (" + e.getDescription() + ")");
        }
    }
}
