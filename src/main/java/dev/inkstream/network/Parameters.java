package dev.inkstream.network;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/// The weights and biases of a network, frozen: immutable, equal by content, shared freely between threads. Every value
/// is finite.
public final class Parameters {
    private final NetworkShape shape;
    private final Layer[] layers;

    private Parameters(NetworkShape shape, Layer[] layers) {
        this.shape = shape;
        this.layers = layers;
    }

    /// Reads what [#toBytes()] writes: little-endian float32; for each layer its weights input-major (shape inputs x
    /// outputs), then its biases.
    ///
    /// @throws IllegalArgumentException if there are too few or too many bytes for the shape, or a value is not finite
    public static Parameters fromBytes(NetworkShape shape, byte[] bytes) {
        long expected = (long) shape.parameterCount() * Float.BYTES;
        if (bytes.length != expected) {
            throw new IllegalArgumentException(
                    "parameters have " + bytes.length + " bytes; it must have " + expected + " for the shape " + shape);
        }
        Layer[] layers = Layer.zeros(shape);
        LayerBytes.read(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), layers);
        return new Parameters(shape, layers);
    }

    /// A frozen copy of layers that keep changing.
    ///
    /// @throws DivergedException if a value is not finite
    static Parameters copyOf(NetworkShape shape, Layer[] layers) {
        Layer.requireFinite(layers);
        return new Parameters(shape, Layer.copy(layers));
    }

    public NetworkShape shape() {
        return shape;
    }

    /// The weight from input `in` to output `out` of a weight layer; all counted from 0.
    public float weight(int layer, int in, int out) {
        return layers[layer].get(in, out);
    }

    /// The bias of output `out` of a weight layer; both counted from 0.
    public float bias(int layer, int out) {
        return layers[layer].get(layers[layer].inputs(), out);
    }

    /// The bytes that [#fromBytes] reads: the same for equal parameters, on every machine.
    public byte[] toBytes() {
        ByteBuffer bytes =
                ByteBuffer.allocate(shape.parameterCount() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        LayerBytes.write(layers, bytes);
        return bytes.array();
    }

    /// The layers themselves, not a copy: never to be written to.
    Layer[] layers() {
        return layers;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Parameters that && shape.equals(that.shape) && Layer.equal(layers, that.layers);
    }

    @Override
    public int hashCode() {
        int hash = shape.hashCode();
        for (Layer layer : layers) {
            hash = 31 * hash + Arrays.hashCode(layer.rows());
        }
        return hash;
    }

    @Override
    public String toString() {
        return "Parameters[" + shape + "]";
    }
}
