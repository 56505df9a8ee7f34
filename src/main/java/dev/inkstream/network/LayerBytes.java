package dev.inkstream.network;

import java.nio.ByteBuffer;

/// The bytes of layers: for each layer its weights input-major (shape inputs x outputs), then its biases; float32,
/// without padding, in the byte order of the buffer.
final class LayerBytes {
    private LayerBytes() {}

    static void write(Layer[] layers, ByteBuffer to) {
        for (Layer layer : layers) {
            for (int row = 0; row <= layer.inputs(); row++) {
                for (int out = 0; out < layer.outputs(); out++) {
                    to.putFloat(layer.get(row, out));
                }
            }
        }
    }

    /// Reads into layers that have the shape already.
    ///
    /// @throws IllegalArgumentException if a value is not finite
    static void read(ByteBuffer from, Layer[] layers) {
        for (int l = 0; l < layers.length; l++) {
            Layer layer = layers[l];
            for (int row = 0; row <= layer.inputs(); row++) {
                for (int out = 0; out < layer.outputs(); out++) {
                    layer.set(row, out, finite(from.getFloat(), l, row, out));
                }
            }
        }
    }

    private static float finite(float value, int layer, int row, int out) {
        if (!Float.isFinite(value)) {
            throw new IllegalArgumentException(
                    "value " + out + " of row " + row + " of layer " + layer + " is " + value + ", must be finite");
        }
        return value;
    }
}
