package dev.inkstream.network;

import java.util.Objects;

/// The scratch arrays of one thread that classifies: made by [Network#newWorkspace()], good for every network of the
/// same architecture, used by one thread at a time. Nothing is allocated after it is made.
public final class Workspace {
    private final Architecture architecture;
    private final LayerKernels kernels;
    private final ActiveInputs[] inputs;
    private final float[][] activations;
    private final float[] outputs;

    Workspace(Architecture architecture, LayerKernels kernels) {
        this.architecture = architecture;
        this.kernels = kernels;
        NetworkShape shape = architecture.shape();
        inputs = new ActiveInputs[shape.layers()];
        activations = new float[shape.layers()][];
        for (int l = 0; l < shape.layers(); l++) {
            inputs[l] = new ActiveInputs(shape.inputs(l));
            activations[l] = new float[Layer.padded(shape.outputs(l))];
        }
        outputs = new float[shape.outputs()];
    }

    /// The scores of the image last classified, one for each label: with softmax outputs its probabilities, which sum
    /// to about 1. The array belongs to this workspace and is overwritten by the next image: copy it to keep it, and do
    /// not write to it.
    public float[] outputs() {
        return outputs;
    }

    Architecture architecture() {
        return architecture;
    }

    LayerKernels kernels() {
        return kernels;
    }

    /// What a layer was given, without its zeros.
    ActiveInputs inputs(int layer) {
        return inputs[layer];
    }

    /// What a layer gave, padded.
    float[] activations(int layer) {
        return activations[layer];
    }

    /// Runs an image through layers of this workspace's architecture.
    ///
    /// @param pixels holds the image's from `start` on
    /// @return the label of the highest score, the lowest such label on a tie
    int forward(Layer[] layers, byte[] pixels, int start, int length) {
        if (length != architecture.shape().inputs()) {
            throw new IllegalArgumentException("image has " + length + " pixels; it must have "
                    + architecture.shape().inputs());
        }
        Objects.checkFromIndexSize(start, length, pixels.length);
        kernels.gather(pixels, start, length, inputs[0]);
        return forward(layers, inputs[0]);
    }

    /// The same for the image that another workspace was given last.
    int forward(Layer[] layers, Workspace seen) {
        return forward(layers, seen.inputs[0]);
    }

    private int forward(Layer[] layers, ActiveInputs image) {
        int last = layers.length - 1;
        for (int l = 0; l <= last; l++) {
            int neurons = layers[l].outputs();
            kernels.affine(layers[l], l == 0 ? image : inputs[l], activations[l], architecture.summation());
            architecture.activation(l).forward(activations[l], neurons, kernels);
            if (l < last) {
                inputs[l + 1].setValues(activations[l], neurons);
            }
        }
        System.arraycopy(activations[last], 0, outputs, 0, outputs.length);
        return highest(outputs);
    }

    /// The loss of the last forward run.
    float loss(int label) {
        requireLabel(label);
        return architecture.loss().of(outputs, outputs.length, label);
    }

    void requireLabel(int label) {
        if (label < 0 || label >= outputs.length) {
            throw new IllegalArgumentException("label is " + label + "; it must be in 0.." + (outputs.length - 1));
        }
    }

    private static int highest(float[] scores) {
        int best = 0;
        for (int label = 1; label < scores.length; label++) {
            if (scores[label] > scores[best]) {
                best = label;
            }
        }
        return best;
    }
}
