package dev.inkstream.network;

/// One step of Adam (Kingma and Ba 2015, algorithm 1 in the form of the end of its section 2), for each parameter w
/// with summed gradient s:
///
/// ```
/// g = s · gradientScale
/// m = beta1 · m + (1 - beta1) · g
/// v = beta2 · v + (1 - beta2) · g²
/// w = w - size · m / (sqrt(v) + epsilon)
/// ```
///
/// An m or v below [#TINY] becomes 0: what fades away would otherwise spend its last steps as a subnormal number, which
/// many processors compute a hundred times slower.
///
/// @param gradientScale 1 / mini-batch size
/// @param size the learning rate with the bias corrections of both moments
record AdamStep(float gradientScale, float beta1, float beta2, float size, float epsilon) {
    static final float TINY = 0x1p-100f;

    /// The step number `step`, counted from 1.
    static AdamStep of(Optimizer.Adam adam, int miniBatchSize, long step) {
        double meanCorrection = 1 - StrictMath.pow(adam.beta1(), (double) step);
        double squareCorrection = 1 - StrictMath.pow(adam.beta2(), (double) step);
        float size = (float) (adam.learningRate() * Math.sqrt(squareCorrection) / meanCorrection);
        return new AdamStep(1f / miniBatchSize, adam.beta1(), adam.beta2(), size, adam.epsilon());
    }
}
