package dev.inkstream.app.feed;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which set of a dataset a command takes.
public final class SetOption {
    @Option(
            names = "--from",
            paramLabel = "SET",
            description = "Which images: training or holdout (default: holdout; of 'show': training).")
    private @Nullable ImageSet from;

    boolean isGiven() {
        return from != null;
    }

    /// @param usual the set if none is given
    public ImageSet or(ImageSet usual) {
        return from == null ? usual : from;
    }
}
