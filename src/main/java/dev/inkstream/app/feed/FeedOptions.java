package dev.inkstream.app.feed;

import dev.inkstream.app.console.UsageException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How fast, how often and in which order images are sent.
final class FeedOptions {
    private static final String UNSHUFFLED = "none";

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "0",
            description = "Images a second; 0 for as many as possible (default: ${DEFAULT-VALUE}).")
    private double rate;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            defaultValue = "1",
            description = "Passes over the images; 0 for one after the other without end (default: ${DEFAULT-VALUE}).")
    private int epochs = 1;

    @Option(names = "--count", paramLabel = "N", description = "Stop after so many images (default: no limit).")
    private @Nullable Long count;

    @Option(
            names = "--shuffle-seed",
            paramLabel = "SEED",
            description = "Send each pass in an order drawn from this seed, or in the images' own order with none"
                    + " (default: 1 for images with labels to train on, none for the rest).")
    private @Nullable String shuffleSeed;

    /// @param usualSeed the seed where none is given; null for the set's own order
    Feeder.Plan plan(String topic, String set, @Nullable Long usualSeed) {
        if (!(rate >= 0) || Double.isInfinite(rate)) {
            throw new UsageException("--rate must be 0 or more, not " + rate);
        }
        if (epochs < 0) {
            throw new UsageException("--epochs must be 0 or more, not " + epochs);
        }
        return new Feeder.Plan(topic, set, epochs, seed(usualSeed), rate);
    }

    /// The most images to send; `Long.MAX_VALUE` for no limit.
    long limit() {
        if (count == null) {
            return Long.MAX_VALUE;
        }
        if (count < 1) {
            throw new UsageException("--count must be 1 or more, not " + count);
        }
        return count;
    }

    private @Nullable Long seed(@Nullable Long usual) {
        if (shuffleSeed == null) {
            return usual;
        }
        if (shuffleSeed.equals(UNSHUFFLED)) {
            return null;
        }
        try {
            return Long.valueOf(shuffleSeed);
        } catch (NumberFormatException e) {
            throw new UsageException(
                    "--shuffle-seed must be a whole number or none, not '%s'".formatted(shuffleSeed), e);
        }
    }
}
