package dev.inkstream.network;

/// Sums the gradient of the loss over the examples of a mini-batch. The parameters must not change between a
/// mini-batch's first example and its last. Mutable, not thread-safe.
final class BackPropagation {
    private final Architecture architecture;
    private final Layer[] parameters;
    private final Workspace workspace;
    private final Gradient[] gradients;

    /// Per layer, the gradient by its sums and what of it is not zero.
    private final float[][] dZ;

    private final ActiveInputs[] activeDZ;

    /// Per layer but the first, its weights with rows and columns swapped, so that the neurons of the layer before are
    /// lanes; its biases are zero.
    private final Layer[] transposed;

    private boolean ended = true;

    BackPropagation(Architecture architecture, Layer[] parameters, LayerKernels kernels) {
        this.architecture = architecture;
        this.parameters = parameters;
        NetworkShape shape = architecture.shape();
        workspace = new Workspace(architecture, kernels);
        gradients = Gradient.zeros(shape);
        dZ = new float[shape.layers()][];
        activeDZ = new ActiveInputs[shape.layers()];
        transposed = new Layer[shape.layers() - 1];
        for (int l = 0; l < shape.layers(); l++) {
            dZ[l] = new float[Layer.padded(shape.outputs(l))];
            activeDZ[l] = new ActiveInputs(shape.outputs(l));
        }
        for (int l = 1; l < shape.layers(); l++) {
            transposed[l - 1] = Layer.zeros(/* inputs= */ shape.outputs(l), /* outputs= */ shape.inputs(l));
        }
    }

    /// The last example was that of a mini-batch, and its gradients are complete. They stay until the next example.
    void endMiniBatch() {
        ended = true;
        for (Gradient gradient : gradients) {
            gradient.complete();
        }
    }

    /// Forgets the examples so far and takes note of the parameters as they are.
    private void startMiniBatch() {
        ended = false;
        for (Gradient gradient : gradients) {
            gradient.clear(workspace.kernels());
        }
        for (int l = 1; l < parameters.length; l++) {
            transposed[l - 1].setTransposed(parameters[l]);
        }
    }

    /// Adds one example, if its loss is finite: the gradient of another is not, and would stay in the sums.
    ///
    /// @return what the parameters made of it
    PrequentialResult add(byte[] pixels, int start, int length, int label) {
        workspace.requireLabel(label);
        int predicted = workspace.forward(parameters, pixels, start, length);
        PrequentialResult outcome = new PrequentialResult(predicted, workspace.loss(label));
        if (outcome.isFinite()) {
            addGradient(label);
        }
        return outcome;
    }

    private void addGradient(int label) {
        if (ended) {
            startMiniBatch();
        }
        int last = parameters.length - 1;
        int outputs = architecture.shape().outputs();
        architecture.loss().backward(workspace.activations(last), outputs, label, dZ[last]);
        for (int l = last; l > 0; l--) {
            gradients[l].add(workspace.inputs(l), dZ[l], workspace.kernels());
            backwardThrough(l);
        }
        gradients[0].add(workspace.inputs(0), dZ[0], workspace.kernels());
    }

    /// From dZ of a layer to dZ of the one before: dA = dZ · weightsᵀ, then through the activation.
    private void backwardThrough(int layer) {
        int inputs = architecture.shape().inputs(layer);
        float[] dA = dZ[layer - 1];
        activeDZ[layer].setValues(dZ[layer], architecture.shape().outputs(layer));
        workspace.kernels().affine(transposed[layer - 1], activeDZ[layer], dA, architecture.summation());
        architecture.hidden().backward(workspace.activations(layer - 1), dA, inputs);
    }

    /// The summed gradients themselves, not copies.
    Gradient[] gradients() {
        return gradients;
    }

    LayerKernels kernels() {
        return workspace.kernels();
    }
}
