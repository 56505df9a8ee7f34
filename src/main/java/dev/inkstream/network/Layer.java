package dev.inkstream.network;

import java.util.Arrays;

/// The numbers of one weight layer, or anything else of the same shape: its gradient, its optimizer's state.
///
/// They are kept as `inputs + 1` rows of `stride` floats: row `i` holds the weights from input `i` to each output (so
/// an input of zero costs nothing), the last row the biases. The stride is the outputs rounded up to a multiple of
/// [#LANES], so that no kernel has a tail; the padding is zero and stays zero. Mutable, not thread-safe; frozen once
/// inside [Parameters].
final class Layer {
    /// A multiple of every vector width in use: 16 floats are 512 bits.
    static final int LANES = 16;

    private final int inputs;
    private final int outputs;
    private final int stride;
    private final float[] rows;

    private Layer(int inputs, int outputs, float[] rows) {
        this.inputs = inputs;
        this.outputs = outputs;
        this.stride = padded(outputs);
        this.rows = rows;
    }

    static Layer zeros(int inputs, int outputs) {
        return new Layer(inputs, outputs, new float[(inputs + 1) * padded(outputs)]);
    }

    /// A layer of zeros for each weight layer of a shape.
    static Layer[] zeros(NetworkShape shape) {
        Layer[] layers = new Layer[shape.layers()];
        Arrays.setAll(layers, l -> zeros(shape.inputs(l), shape.outputs(l)));
        return layers;
    }

    static Layer[] copy(Layer[] layers) {
        Layer[] copies = new Layer[layers.length];
        Arrays.setAll(copies, l -> new Layer(layers[l].inputs, layers[l].outputs, layers[l].rows.clone()));
        return copies;
    }

    /// Whether layers are equal, bit for bit.
    static boolean equal(Layer[] some, Layer[] others) {
        return Arrays.equals(some, others, (a, b) -> Arrays.compare(a.rows, b.rows));
    }

    /// A number of neurons, rounded up to whole lanes.
    static int padded(int neurons) {
        return (neurons + LANES - 1) / LANES * LANES;
    }

    int inputs() {
        return inputs;
    }

    int outputs() {
        return outputs;
    }

    int stride() {
        return stride;
    }

    /// The rows themselves, not a copy.
    float[] rows() {
        return rows;
    }

    /// A weight, or for `in == inputs()` a bias.
    float get(int in, int out) {
        return rows[in * stride + out];
    }

    /// Sets a weight, or for `in == inputs()` a bias.
    void set(int in, int out, float value) {
        rows[in * stride + out] = value;
    }

    /// @throws DivergedException if a value is not finite
    static void requireFinite(Layer[] layers) {
        for (Layer layer : layers) {
            for (float value : layer.rows) {
                if (!Float.isFinite(value)) {
                    throw new DivergedException();
                }
            }
        }
    }

    /// Sets this layer's weights to the transpose of another's; its biases stay.
    void setTransposed(Layer other) {
        for (int in = 0; in < inputs; in++) {
            for (int out = 0; out < outputs; out++) {
                rows[in * stride + out] = other.rows[out * other.stride + in];
            }
        }
    }
}
