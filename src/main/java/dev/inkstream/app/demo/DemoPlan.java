package dev.inkstream.app.demo;

import dev.inkstream.dataset.Dataset;
import dev.inkstream.dataset.Drift;
import dev.inkstream.dataset.Images;
import dev.inkstream.evaluator.DecisionRules;
import dev.inkstream.network.TrainingConfig;
import dev.inkstream.stream.ImageFormat;
import dev.inkstream.trainer.Training;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;

/// What a demo does. Immutable.
///
/// @param data where images come from; its holdout images are streamed unlabeled as well
/// @param training the images learned from, a part of `data`
/// @param settings of the trainer
/// @param epochs passes over the training images, 1 or more
/// @param rates how fast images are fed
/// @param duration from the first score to the end at the latest; empty for when the last epoch is over
/// @param live what becomes of the streamed images
/// @param rules which version may serve
record DemoPlan(
        Dataset data,
        Images training,
        Training.Settings settings,
        int epochs,
        Rates rates,
        Optional<Duration> duration,
        Live live,
        DecisionRules rules) {

    private static final int VERSIONS_PER_EPOCH = 10;

    /// @param labeled labeled images a second; 0 for as fast as they are learned
    /// @param unlabeled images to classify a second
    record Rates(double labeled, double unlabeled) {}

    /// @param labelDelay from a streamed image to its label
    /// @param change what happens to all images; empty for nothing
    record Live(Duration labelDelay, Optional<Change> change) {}

    /// @param at labeled images sent before it
    record Change(Drift drift, long at) {}

    /// Mini-batches from one version to the next, so that a version falls on each epoch's end where that is
    /// possible: about ten versions an epoch.
    static int snapshotEvery(int examples, TrainingConfig config) {
        int miniBatches = Math.max(1, examples / config.miniBatchSize());
        return IntStream.rangeClosed(VERSIONS_PER_EPOCH, 2 * VERSIONS_PER_EPOCH)
                .filter(versions -> miniBatches % versions == 0)
                .map(versions -> miniBatches / versions)
                .findFirst()
                .orElse(Math.max(1, miniBatches / VERSIONS_PER_EPOCH));
    }

    ImageFormat format() {
        return new ImageFormat(training.width(), training.height(), training.classes());
    }

    long examplesPerVersion() {
        return (long) settings.snapshotEvery() * settings.config().miniBatchSize();
    }

    /// The last version that the labeled images are enough for.
    long lastVersion() {
        return (long) epochs * training.size() / examplesPerVersion();
    }

    /// The first version that has seen all of an epoch, or the last there is.
    long versionAtEndOf(int epoch) {
        long examples = (epoch + 1L) * training.size();
        return Math.min(Math.ceilDiv(examples, examplesPerVersion()), lastVersion());
    }
}
