package dev.inkstream.network;

/// The loops that cost time. Every implementation gives the same bits as [ScalarKernels], which defines them: each
/// output neuron is a lane whose sum runs over the active inputs in the order of a [Summation] with fused multiply-add,
/// so the width of a vector decides which neurons are computed together, never the order of a sum.
///
/// Arrays are padded to whole lanes ([Layer#LANES]). Implementations have no state.
interface LayerKernels {

    /// Takes the pixels that are not zero among `length` from `start` on, one unsigned byte each, divided by 255.
    void gather(byte[] pixels, int start, int length, ActiveInputs x);

    /// z = biases + x · weights over the active inputs, in the given order.
    void affine(Layer layer, ActiveInputs x, float[] z, Summation order);

    /// The backward of [#affine]: dWeights += x ⊗ dZ on the rows of active inputs, dBiases += dZ.
    void addGradient(ActiveInputs x, float[] dZ, Layer gradient);

    /// gradient = 0 on the rows that it touched.
    void clear(Gradient gradient);

    /// x = exp(x), as [Exp] defines it.
    void exp(float[] x);

    /// x = 1 / (1 + exp(-x)).
    void sigmoid(float[] x);

    /// parameters -= step · gradient, on the rows that the gradient touched.
    void descend(float step, Gradient gradient, Layer parameters);

    /// One step of Adam on a whole layer, as [AdamStep] defines it.
    void adam(AdamStep step, Layer gradient, AdamMoments moments, Layer parameters);

    /// average += weight · (parameters - average).
    void average(float weight, Layer parameters, Layer average);
}
