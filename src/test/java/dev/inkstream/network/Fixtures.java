package dev.inkstream.network;

import java.util.Random;

/// Networks to test with.
final class Fixtures {
    static final LayerKernels SCALAR = new ScalarKernels();

    /// What the program chooses. The build runs these tests with the vector module, where they compare vector with
    /// scalar kernels, and without it, where they show that everything works with the scalar ones alone;
    /// [KernelChoiceTest] fails where it is not the kernels that the run is for.
    static final LayerKernels VECTOR = Kernels.chosen();

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
