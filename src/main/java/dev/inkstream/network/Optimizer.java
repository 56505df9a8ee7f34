package dev.inkstream.network;

/// How a mini-batch's gradient changes the parameters. The stream never ends, so no optimizer follows a schedule over a
/// known length.
public sealed interface Optimizer {
    /// The step size, greater than 0.
    float learningRate();

    /// One line of key=value pairs.
    String describe();

    /// Plain stochastic gradient descent: parameters -= learningRate · mean gradient.
    record Sgd(float learningRate) implements Optimizer {
        public Sgd {
            requirePositive("learningRate", learningRate);
        }

        @Override
        public String describe() {
            return "optimizer=sgd learningRate=" + learningRate;
        }
    }

    /// Adam (Kingma and Ba 2015).
    ///
    /// @param beta1 decay of the moving average of gradients, in [0, 1)
    /// @param beta2 decay of the moving average of their squares, in [0, 1)
    /// @param epsilon what keeps the divisor from 0, greater than 0
    record Adam(float learningRate, float beta1, float beta2, float epsilon) implements Optimizer {
        public Adam {
            requirePositive("learningRate", learningRate);
            requireDecay("beta1", beta1);
            requireDecay("beta2", beta2);
            requirePositive("epsilon", epsilon);
        }

        @Override
        public String describe() {
            return "optimizer=adam learningRate=" + learningRate + " beta1=" + beta1 + " beta2=" + beta2 + " epsilon="
                    + epsilon;
        }
    }

    private static void requirePositive(String name, float value) {
        if (!(value > 0 && Float.isFinite(value))) {
            throw new IllegalArgumentException(name + " is " + value + "; it must be finite and greater than 0");
        }
    }

    /// Refuses what is no decay of a moving average.
    static void requireDecay(String name, float value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(name + " is " + value + "; it must be in [0, 1)");
        }
    }
}
