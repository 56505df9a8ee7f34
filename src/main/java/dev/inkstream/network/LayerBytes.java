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
                    float value = from.getFloat();
                    if (!Float.isFinite(value)) {
                        throw new IllegalArgumentException(
                                name(layer, l, row) + " output " + out + " is " + value + "; it must be finite");
                    }
                    layer.set(row, out, value);
                }
            }
        }
    }

    private static String name(Layer layer, int number, int row) {
        return row < layer.inputs()
                ? "the weight of layer " + number + " from input " + row + " to"
                : "the bias of layer " + number + " of";
    }
}
