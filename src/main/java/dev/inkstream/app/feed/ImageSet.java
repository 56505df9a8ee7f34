package dev.inkstream.app.feed;

import dev.inkstream.dataset.Dataset;
import dev.inkstream.dataset.Images;
import java.util.Locale;

/// One of the two sets of a dataset.
public enum ImageSet {
    TRAINING,
    HOLDOUT;

    public Images of(Dataset dataset) {
        return switch (this) {
            case TRAINING -> dataset.training();
            case HOLDOUT -> dataset.holdout();
        };
    }

    /// The first part of its images' keys.
    String keyPrefix() {
        return name().toLowerCase(Locale.ROOT);
    }
}
