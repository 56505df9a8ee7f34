package dev.inkstream.network;

/// A way to learn that is known to work.
public enum Preset {
    /// The textbook network: sigmoid on every layer, quadratic loss, weights and biases from N(0, 1), plain SGD in
    /// mini-batches of 10 at a learning rate of 3.
    CLASSIC {
        @Override
        public TrainingConfig config(NetworkShape shape) {
            return new TrainingConfig(
                    new Architecture(shape, Activation.SIGMOID, Activation.SIGMOID),
                    Initialization.STANDARD_NORMAL,
                    new Optimizer.Sgd(3f),
                    10,
                    0f);
        }
    },

    /// Leaky ReLU, softmax with cross-entropy, He initialization, Adam; a moving average of the parameters is served,
    /// which does for a stream without end what a falling learning rate does for a data set.
    MODERN {
        @Override
        public TrainingConfig config(NetworkShape shape) {
            return new TrainingConfig(
                    new Architecture(shape, Activation.LEAKY_RELU, Activation.SOFTMAX),
                    Initialization.HE,
                    new Optimizer.Adam(0.004f, 0.9f, 0.99f, 1e-8f),
                    16,
                    0.999f);
        }
    };

    /// The configuration for a network of this shape.
    public abstract TrainingConfig config(NetworkShape shape);
}
