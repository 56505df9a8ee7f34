package dev.inkstream.network;

import java.util.List;

/// An [Optimizer] at work: it and what it remembers from one mini-batch to the next. Mutable, not thread-safe.
sealed interface UpdateRule permits SgdRule, AdamRule {

    static UpdateRule of(TrainingConfig config, LayerKernels kernels) {
        return switch (config.optimizer()) {
            case Optimizer.Sgd sgd -> new SgdRule(sgd.learningRate() / config.miniBatchSize(), kernels);
            case Optimizer.Adam adam -> new AdamRule(adam, config, kernels);
        };
    }

    /// Changes the parameters by the summed gradient of a mini-batch.
    ///
    /// @param step the number of this mini-batch, counted from 1
    void apply(Gradient[] gradients, Layer[] parameters, long step);

    /// All it remembers, each of the shape of the parameters; themselves, not copies.
    List<Layer[]> memory();
}
