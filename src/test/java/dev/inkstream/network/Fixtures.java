package dev.inkstream.network;

import java.util.Random;

/// Networks to test with.
final class Fixtures {
    static final LayerKernels SCALAR = new ScalarKernels();
    static final LayerKernels VECTOR = new VectorKernels();

    private Fixtures() {}

    /// Parameters from N(0, 1).
    static Parameters parameters(NetworkShape shape, long seed) {
        return Parameters.copyOf(shape, layers(shape, seed));
    }

    static Layer[] layers(NetworkShape shape, long seed) {
        Random random = new Random(seed);
        Layer[] layers = Layer.zeros(shape);
        for (Layer layer : layers) {
            Initialization.STANDARD_NORMAL.fill(layer, random);
        }
        return layers;
    }
}
