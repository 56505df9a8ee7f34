package dev.inkstream.app.faults;

import dev.inkstream.app.faults.RunLog.Entry;
import dev.inkstream.network.Network;
import dev.inkstream.network.NetworkShape;
import dev.inkstream.network.Preset;
import dev.inkstream.network.Workspace;
import dev.inkstream.record.ConfusionMatrix;
import dev.inkstream.record.Evaluation;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.Samples;
import dev.inkstream.stream.Snapshots;
import dev.inkstream.trainer.Training;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Checks the published versions against a plain loop over the labeled images, and their evaluations against a plain
/// loop over the holdout images.
record VersionChecks(RunLog log) {
    private static final Training.Settings SETTINGS = new Training.Settings(
            "digits",
            Preset.MODERN.config(NetworkShape.of(
                    RoleArguments.WIDTH * RoleArguments.WIDTH, RoleArguments.HIDDEN, RoleArguments.CLASSES)),
            RoleArguments.SEED,
            RoleArguments.SNAPSHOT_EVERY);

    List<Finding> findings() {
        List<WeightSnapshot> published =
                log.snapshots().stream().map(Samples::withoutPublisher).toList();
        return List.of(
                Finding.sameList(
                        "Each version once, in order, equal to the bit to a plain loop", published, versions()),
                Finding.sameList(
                        "One evaluation of each version, equal to a plain loop over the holdout images",
                        log.good(log.topics().evaluations()).stream()
                                .map(entry -> withoutDecision(entry.value()))
                                .toList(),
                        published.stream().map(this::evaluation).toList()));
    }

    /// The versions that the records of the log give, fed to [Training] one after the other.
    private List<WeightSnapshot> versions() {
        Training training = Training.start(SETTINGS);
        List<WeightSnapshot> versions = new ArrayList<>(List.of(training.snapshot()));
        for (Entry<LabeledImage> example : log.good(log.topics().labeledImages())) {
            if (training.train(example.offset(), example.value())) {
                versions.add(training.snapshot());
            }
        }
        return versions;
    }

    /// Whether a version was promoted is checked with the decisions.
    private static Evaluation withoutDecision(Evaluation evaluation) {
        return new Evaluation(
                evaluation.id(), evaluation.trainedExamples(), evaluation.confusion(), evaluation.meanLoss(), false);
    }

    private Evaluation evaluation(WeightSnapshot snapshot) {
        Network network = Snapshots.network(snapshot);
        Workspace workspace = network.newWorkspace();
        long[] counts = new long[RoleArguments.CLASSES * RoleArguments.CLASSES];
        double loss = 0;
        List<Entry<LabeledImage>> images = log.good(log.topics().holdoutImages()).stream()
                .sorted(Comparator.comparing(Entry::key))
                .toList();
        for (Entry<LabeledImage> image : images) {
            int label = image.value().label();
            counts[
                    label * RoleArguments.CLASSES
                            + network.classify(image.value().image().pixels().bytes(), workspace)]++;
            loss += network.loss(workspace, label);
        }
        return new Evaluation(
                snapshot.id(),
                snapshot.progress().examples(),
                ConfusionMatrix.of(RoleArguments.CLASSES, counts),
                loss / images.size(),
                false);
    }
}
