package dev.inkstream.network;

/// Which kernels this process computes with, chosen once: the vector ones where the module `jdk.incubator.vector` is
/// there, else the scalar ones. Both give the same bits, so the choice decides the speed alone.
///
/// The system property `inkstream.kernels=scalar` asks for the scalar ones.
public final class Kernels {
    static final String PROPERTY = "inkstream.kernels";

    private static final Choice CHOSEN = choose(
            System.getProperty(PROPERTY, "vector"),
            ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent());

    private Kernels() {}

    /// One sentence on what was chosen, and where that is not the fastest, what to do about it.
    public static String description() {
        return CHOSEN.description();
    }

    static LayerKernels chosen() {
        return CHOSEN.kernels();
    }

    static Choice choose(String wish, boolean modulePresent) {
        return switch (wish) {
            case "scalar" ->
                new Choice(
                        new ScalarKernels(),
                        "Scalar kernels, because " + PROPERTY + "=scalar; unset it to use the vector kernels.");
            case "vector" ->
                modulePresent
                        ? vector()
                        : new Choice(
                                new ScalarKernels(),
                                "Scalar kernels: start java with --add-modules jdk.incubator.vector for faster ones.");
            default -> throw new IllegalArgumentException(PROPERTY + " is '" + wish + "'; it must be scalar or vector");
        };
    }

    private static Choice vector() {
        return new Choice(new VectorKernels(), "Vector kernels, " + VectorKernels.WIDTH + " floats at a time.");
    }

    record Choice(LayerKernels kernels, String description) {}
}
