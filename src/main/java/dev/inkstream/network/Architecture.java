package dev.inkstream.network;

/// What is fixed about a network before it learns. Immutable.
///
/// @param hidden the activation of every hidden layer: sigmoid, ReLU or leaky ReLU
/// @param output the activation of the outputs: sigmoid or softmax; it decides the loss
/// @param summation the order of its sums
public record Architecture(NetworkShape shape, Activation hidden, Activation output, Summation summation) {
    /// With interleaved sums.
    public Architecture(NetworkShape shape, Activation hidden, Activation output) {
        this(shape, hidden, output, Summation.INTERLEAVED);
    }

    public Architecture {
        if (hidden == Activation.SOFTMAX) {
            throw new IllegalArgumentException("hidden activation is SOFTMAX; it must be SIGMOID, RELU or LEAKY_RELU");
        }
        if (output != Activation.SIGMOID && output != Activation.SOFTMAX) {
            throw new IllegalArgumentException("output activation is " + output + "; it must be SIGMOID or SOFTMAX");
        }
    }

    /// The same with another order of sums.
    public Architecture with(Summation other) {
        return new Architecture(shape, hidden, output, other);
    }

    /// Quadratic for sigmoid outputs, cross-entropy for softmax.
    public Loss loss() {
        return output == Activation.SIGMOID ? Loss.QUADRATIC : Loss.CROSS_ENTROPY;
    }

    /// The activation of a weight layer, counted from 0.
    Activation activation(int layer) {
        return layer == shape.layers() - 1 ? output : hidden;
    }
}
