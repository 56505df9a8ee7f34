package dev.inkstream.network;

import java.util.random.RandomGenerator;

/// How the parameters start. For each layer the weights are drawn input-major (all outputs of the first input, then of
/// the second), then the biases where they are drawn at all; each value is one `nextGaussian()`, scaled as a double and
/// rounded to float32.
public enum Initialization {
    /// Weights and biases from N(0, 1).
    STANDARD_NORMAL {
        @Override
        void fill(Layer layer, RandomGenerator random) {
            draw(layer, layer.inputs() + 1, 1, random);
        }
    },

    /// Weights from N(0, 2 / inputs), biases zero and not drawn (He et al. 2015, for ReLU).
    HE {
        @Override
        void fill(Layer layer, RandomGenerator random) {
            draw(layer, layer.inputs(), Math.sqrt(2.0 / layer.inputs()), random);
        }
    };

    /// Fills a layer of zeros.
    abstract void fill(Layer layer, RandomGenerator random);

    private static void draw(Layer layer, int rows, double deviation, RandomGenerator random) {
        for (int row = 0; row < rows; row++) {
            for (int out = 0; out < layer.outputs(); out++) {
                layer.set(row, out, (float) (deviation * random.nextGaussian()));
            }
        }
    }
}
