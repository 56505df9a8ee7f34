package dev.inkstream.dataset;

import java.util.Locale;

/// Images to train on and images never trained on. Immutable and thread-safe.
///
/// @param name what the data is called, not blank
/// @param training all images meant for training, in their original order
/// @param holdout the test images, of the same size and classes
public record Dataset(String name, Images training, Images holdout) {
    /// One in this many training images is set aside for validation by [Split#CLASSIC].
    private static final int CLASSIC_PARTS = 6;

    public Dataset {
        if (name.isBlank()) {
            throw new IllegalArgumentException("name is blank; it must be what the data is called");
        }
        if (!training.imageSize().equals(holdout.imageSize())) {
            throw new IllegalArgumentException(
                    "holdout has images of " + holdout.imageSize() + "; it must have those of " + training.imageSize());
        }
        if (training.classes() != holdout.classes()) {
            throw new IllegalArgumentException(
                    "holdout has " + holdout.classes() + " classes; it must have " + training.classes());
        }
        if (!training.classNames().equals(holdout.classNames())) {
            throw new IllegalArgumentException("holdout has classes of other names; it must have those of training");
        }
    }

    /// The images that train under a split.
    public Images training(Split split) {
        return switch (split) {
            case FULL -> training;
            case CLASSIC -> training.slice(0, classicTrainingSize());
        };
    }

    /// The images [Split#CLASSIC] sets aside for validation: of MNIST, 50,000 to 59,999.
    public Images validation() {
        return training.slice(classicTrainingSize(), training.size());
    }

    /// One line for people, such as `mnist: 60,000 training and 10,000 holdout images, 28x28, 10 classes`.
    public String description() {
        return String.format(
                Locale.ROOT,
                "%s: %,d training and %,d holdout images, %s, %d classes",
                name,
                training.size(),
                holdout.size(),
                training.imageSize(),
                training.classes());
    }

    private int classicTrainingSize() {
        return training.size() - training.size() / CLASSIC_PARTS;
    }
}
