package dev.inkstream.network;

import java.util.List;

/// Adam. Its moments move every parameter at every step, active or not.
final class AdamRule implements UpdateRule {
    private final Optimizer.Adam adam;
    private final int miniBatchSize;
    private final LayerKernels kernels;
    private final Layer[] means;
    private final Layer[] squares;

    AdamRule(Optimizer.Adam adam, TrainingConfig config, LayerKernels kernels) {
        this.adam = adam;
        this.miniBatchSize = config.miniBatchSize();
        this.kernels = kernels;
        means = Layer.zeros(config.architecture().shape());
        squares = Layer.zeros(config.architecture().shape());
    }

    @Override
    public void apply(Gradient[] gradients, Layer[] parameters, long step) {
        AdamStep adamStep = AdamStep.of(adam, miniBatchSize, step);
        for (int l = 0; l < parameters.length; l++) {
            AdamMoments moments = new AdamMoments(means[l], squares[l]);
            kernels.adam(adamStep, gradients[l].sum(), moments, parameters[l]);
        }
    }

    @Override
    public List<Layer[]> memory() {
        return List.of(means, squares);
    }
}
