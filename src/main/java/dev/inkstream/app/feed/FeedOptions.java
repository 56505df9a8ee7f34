package dev.inkstream.app.feed;

import dev.inkstream.app.console.CountOption;
import dev.inkstream.app.console.OptionRange;
import dev.inkstream.app.console.UsageException;
import dev.inkstream.dataset.Drift;
import dev.inkstream.dataset.Images;
import dev.inkstream.stream.Topic;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// How fast, how often and in which order images are sent.
final class FeedOptions {
    private static final String UNSHUFFLED = "none";

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "0",
            description = "Images per second; 0 for no limit (default: ${DEFAULT-VALUE}).")
    private double rate;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            defaultValue = "1",
            description = "Passes over the images; 0 for no end (default: ${DEFAULT-VALUE}).")
    private int epochs = 1;

    @Mixin
    private CountOption count = new CountOption();

    @Option(
            names = "--shuffle-seed",
            paramLabel = "SEED",
            description = "Seed of the order of each pass; none keeps the order of the dataset (default: 1 for"
                    + " labeled images to train on, none otherwise).")
    private @Nullable String shuffleSeed;

    @Option(
            names = "--drift",
            paramLabel = "CHANGE",
            description = "Change the images, or what they are called, before they are sent: rotate (by 90 degrees),"
                    + " invert (the grey levels) or permute-labels (every label is wrong).")
    private @Nullable Drift drift;

    /// The images as they are sent.
    ///
    /// @throws UsageException if they cannot change so
    Images changed(Images images) {
        try {
            return drift == null ? images : drift.apply(images);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--drift is " + drift + ", but " + e.getMessage(), e);
        }
    }

    /// @param usualSeed the seed where none is given; null for the set's own order
    Feeder.Plan plan(Topic<String, ?> topic, String set, @Nullable Long usualSeed) {
        if (!(rate >= 0) || Double.isInfinite(rate)) {
            throw UsageException.of("--rate", rate, "a number, 0 or more");
        }
        OptionRange.from("--epochs", 0).check(epochs);
        return new Feeder.Plan(topic, set, epochs, seed(usualSeed), rate);
    }

    /// The most images to send; `Long.MAX_VALUE` for no limit.
    long limit() {
        return count.limit();
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
            throw UsageException.of("--shuffle-seed", shuffleSeed, "a whole number or none");
        }
    }
}
