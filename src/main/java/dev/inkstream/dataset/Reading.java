package dev.inkstream.dataset;

import java.nio.file.Path;
import java.util.function.Consumer;

/// How a data set is read from files. Immutable.
///
/// @param polarity what is ink in its images
/// @param limit bounds the memory it takes
/// @param minLabels how many labels its training images must have: 2 to learn from them, 1 to look at them
/// @param notices takes one line at a time for the user to read
record Reading(Polarity polarity, ReadLimit limit, int minLabels, Consumer<String> notices) {

    /// @throws DatasetException if there are too few labels, or no ink
    Dataset checked(Path directory, Dataset dataset) {
        Images training = dataset.training();
        long labels = training.distinctLabels();
        if (labels < minLabels) {
            throw new DatasetException("the training images in " + directory + " have one label, "
                    + training.classNames().name(training.label(0)) + "; they must have at least " + minLabels + ".");
        }
        checkInk(directory, "training", training);
        checkInk(directory, "holdout", dataset.holdout());
        return dataset;
    }

    private static void checkInk(Path directory, String set, Images images) {
        if (!images.hasInk()) {
            throw new DatasetException("the " + set + " images in " + directory
                    + " are empty: every pixel is 0. Look at the pictures, or set another --polarity.");
        }
    }
}
