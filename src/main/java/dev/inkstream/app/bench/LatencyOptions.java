package dev.inkstream.app.bench;

import dev.inkstream.app.console.OptionRange;
import dev.inkstream.app.console.UsageException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/// How fast `bench latency` sends, for how long, and what it measures.
final class LatencyOptions {
    /// The longest turn with or without swaps.
    private static final Duration SLICE = Duration.ofSeconds(10);

    /// What the roles that learn do not have.
    private static final List<String> OF_CLASSIFIER = List.of("--swaps", "--threads", "--guarantee");

    private static final String OF_TRAINER = "--snapshot-every";

    /// The time of each one's append is kept, 8 bytes.
    private static final long MAX_LEARNED = 10_000_000;

    private static final int MAX_RATE = 1_000_000;
    private static final int MAX_SECONDS = 86_400;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "5000",
            description = "Records a second (default: ${DEFAULT-VALUE}).")
    private int rate = 5_000;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "30",
            description = "Length of the measurement; with --swaps, of each of its halves (default: ${DEFAULT-VALUE}).")
    private int seconds = 30;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "How long records are sent before the measurement begins (default: ${DEFAULT-VALUE}).")
    private int warmUp = 10;

    @Option(
            names = "--swaps",
            paramLabel = "SECONDS",
            description = "Also make another version serve every so many seconds, in turns of ten with and without,"
                    + " and compare (default: none).")
    private @Nullable Integer swaps;

    @Option(
            names = "--learning",
            description = "Measure instead the time from a labeled image to the version that learned from it.")
    private boolean learning;

    /// @param command that was parsed
    /// @throws UsageException when a number is out of range, or two options contradict each other
    void check(CommandSpec command) {
        new OptionRange("--rate", 1, MAX_RATE).check(rate);
        new OptionRange("--seconds", 1, MAX_SECONDS).check(seconds);
        new OptionRange("--warm-up", 0, MAX_SECONDS).check(warmUp);
        if (swaps != null) {
            new OptionRange("--swaps", 1, SLICE.toSeconds()).check(swaps);
        }
        ParseResult given = command.commandLine().getParseResult();
        if (learning) {
            checkLearning(given);
        } else if (given.hasMatchedOption(OF_TRAINER)) {
            throw new UsageException("%s is given without --learning; it must be given with it".formatted(OF_TRAINER));
        }
    }

    private void checkLearning(ParseResult given) {
        for (String option : OF_CLASSIFIER) {
            if (given.hasMatchedOption(option)) {
                throw new UsageException("%s is given with --learning; it must be given without".formatted(option));
            }
        }
        long most = MAX_LEARNED / wholeTime().toSeconds();
        if (rate > most) {
            throw new UsageException("--rate is %d for %d s with --learning; it must be 1 to %d"
                    .formatted(rate, wholeTime().toSeconds(), most));
        }
    }

    /// What is sent, and how long it takes.
    String plan() {
        String sent = "sends %,d %s a second for %,d s"
                .formatted(
                        rate,
                        learning ? "labeled images" : "images",
                        wholeTime().toSeconds());
        return warmUp == 0 ? sent : sent + "; the first %,d s do not count".formatted(warmUp);
    }

    double rate() {
        return rate;
    }

    Duration warmUp() {
        return Duration.ofSeconds(warmUp);
    }

    /// With the warm-up.
    Duration wholeTime() {
        return Duration.ofSeconds(warmUp + (swaps == null ? seconds : 2L * seconds));
    }

    /// Records to send.
    long count() {
        return wholeTime().toSeconds() * rate;
    }

    boolean hasSwaps() {
        return swaps != null;
    }

    /// Time between two swaps, if there are any.
    Duration swapEvery() {
        return Duration.ofSeconds(swaps == null ? 0 : swaps);
    }

    /// Turns of at most [#SLICE], so that both kinds get the same time.
    Slices slices() {
        int turns = Math.ceilDiv(seconds, (int) SLICE.toSeconds());
        return new Slices(warmUp(), Duration.ofSeconds(seconds).dividedBy(turns));
    }

    boolean learning() {
        return learning;
    }
}
