package dev.inkstream.evaluator;

import dev.inkstream.network.Network;
import dev.inkstream.network.Workspace;
import dev.inkstream.record.ConfusionMatrix;
import dev.inkstream.record.LabeledImage;

/// Adds up how a network does on labeled images, one after the other. Not thread-safe. The mean loss is a sum in
/// floating point: the same images in the same order give the same bits.
final class HoldoutScorer {
    private final Network network;
    private final Workspace workspace;
    private final int classes;
    private final long[] counts;
    private double loss;
    private long examples;

    HoldoutScorer(Network network) {
        this.network = network;
        this.workspace = network.newWorkspace();
        this.classes = network.architecture().shape().outputs();
        this.counts = new long[classes * classes];
    }

    void add(LabeledImage example) {
        int predicted = network.classify(example.image().pixels(), workspace);
        counts[example.label() * classes + predicted]++;
        loss += network.loss(workspace, example.label());
        examples++;
    }

    ConfusionMatrix confusion() {
        return ConfusionMatrix.of(classes, counts);
    }

    double meanLoss() {
        return examples == 0 ? 0 : loss / examples;
    }
}
