package dev.inkstream.evaluator;

import dev.inkstream.network.Network;
import dev.inkstream.network.Workspace;
import dev.inkstream.record.ConfusionMatrix;
import dev.inkstream.record.HoldoutEvidence.Paired;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.record.Pixels;
import dev.inkstream.stat.ExactTest;
import java.util.BitSet;

/// Adds up how a network does on labeled images, one after the other, and remembers which it classified correctly. Not
/// thread-safe. The mean loss is a sum in floating point: the same images in the same order give the same bits.
public final class HoldoutScorer {
    private final Network network;
    private final Workspace workspace;
    private final int classes;
    private final long[] counts;
    private final BitSet correct = new BitSet();
    private double loss;
    private int examples;

    public HoldoutScorer(Network network) {
        this.network = network;
        this.workspace = network.newWorkspace();
        this.classes = network.architecture().shape().outputs();
        this.counts = new long[classes * classes];
    }

    public void add(LabeledImage example) {
        Pixels pixels = example.image().pixels();
        int predicted = network.classify(pixels.array(), pixels.start(), pixels.length(), workspace);
        counts[example.label() * classes + predicted]++;
        correct.set(examples, predicted == example.label());
        loss += network.loss(workspace, example.label());
        examples++;
    }

    ConfusionMatrix confusion() {
        return ConfusionMatrix.of(classes, counts);
    }

    public double meanLoss() {
        return examples == 0 ? 0 : loss / examples;
    }

    public int examples() {
        return examples;
    }

    public int correct() {
        return correct.cardinality();
    }

    /// The chance of a guess that knows how often each class occurs: the share of the most frequent one.
    double chance() {
        ConfusionMatrix confusion = confusion();
        long most = 0;
        for (int label = 0; label < classes; label++) {
            long images = 0;
            for (int predicted = 0; predicted < classes; predicted++) {
                images += confusion.count(label, predicted);
            }
            most = Math.max(most, images);
        }
        return examples == 0 ? 1 : (double) most / examples;
    }

    /// This network against another that was scored on the same images.
    public Paired against(HoldoutScorer other, long version) {
        BitSet both = (BitSet) correct.clone();
        both.and(other.correct);
        int wins = correct.cardinality() - both.cardinality();
        int losses = other.correct.cardinality() - both.cardinality();
        return new Paired(version, other.correct(), wins, losses, ExactTest.worse(wins, losses));
    }
}
