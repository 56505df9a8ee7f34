package dev.inkstream.network;

import java.util.List;

/// Plain SGD. Where the gradient is zero nothing changes, so only the rows it touched are visited.
///
/// @param step the learning rate / mini-batch size
record SgdRule(float step, LayerKernels kernels) implements UpdateRule {

    @Override
    public void apply(Gradient[] gradients, Layer[] parameters, long number) {
        for (int l = 0; l < parameters.length; l++) {
            kernels.descend(step, gradients[l], parameters[l]);
        }
    }

    @Override
    public List<Layer[]> memory() {
        return List.of();
    }
}
