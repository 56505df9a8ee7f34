package dev.inkstream.network;

import java.util.List;

/// The moving average of the parameters over the mini-batches: average += weight · (parameters - average), where
///
/// ```
/// weight = max(1 - decay, WARM_UP / (step + WARM_UP))
/// ```
///
/// so that while few steps are behind it, it looks back over a fixed share of them and soon forgets the random start.
/// With a decay of 0 there is no average: the parameters themselves are served. Mutable, not thread-safe.
final class Averaging {
    static final float WARM_UP = 10f;

    private final float decay;
    private final LayerKernels kernels;
    private final Layer[] parameters;
    private final Layer[] average;

    /// Starts from the parameters as they are.
    Averaging(float decay, Layer[] parameters, LayerKernels kernels) {
        this.decay = decay;
        this.kernels = kernels;
        this.parameters = parameters;
        average = decay == 0 ? parameters : Layer.copy(parameters);
    }

    /// Takes the parameters in after an update.
    ///
    /// @param step the number of the mini-batch, counted from 1
    void update(long step) {
        if (decay == 0) {
            return;
        }
        float weight = Math.max(1 - decay, WARM_UP / (step + WARM_UP));
        for (int l = 0; l < average.length; l++) {
            kernels.average(weight, parameters[l], average[l]);
        }
    }

    /// What to serve; itself, not a copy.
    Layer[] served() {
        return average;
    }

    /// What it remembers beyond the parameters; itself, not a copy.
    List<Layer[]> memory() {
        return decay == 0 ? List.of() : List.<Layer[]>of(average);
    }
}
