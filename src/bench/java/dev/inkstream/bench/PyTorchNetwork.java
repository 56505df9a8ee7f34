package dev.inkstream.bench;

import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.loss.L2Loss;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import dev.inkstream.network.NetworkShape;
import dev.inkstream.network.TrainingConfig;

/// What a training configuration is in DJL. Immutable. The moving average of the parameters has no counterpart: PyTorch
/// is spared it.
record PyTorchNetwork(TrainingConfig config) {
    /// Linear layers with the activations between and behind them; DJL's loss has the softmax in it.
    Block block() {
        NetworkShape shape = config.architecture().shape();
        SequentialBlock block = new SequentialBlock();
        for (int layer = 0; layer < shape.layers(); layer++) {
            block.add(Linear.builder().setUnits(shape.outputs(layer)).build());
            boolean last = layer == shape.layers() - 1;
            activation(
                    block,
                    last
                            ? config.architecture().output()
                            : config.architecture().hidden());
        }
        return block;
    }

    private static void activation(SequentialBlock block, dev.inkstream.network.Activation activation) {
        switch (activation) {
            case SIGMOID -> block.add(Activation.sigmoidBlock());
            case RELU -> block.add(Activation.reluBlock());
            case LEAKY_RELU -> block.add(Activation.leakyReluBlock(dev.inkstream.network.Activation.LEAK));
            case SOFTMAX -> {}
        }
    }

    /// The same loss as ours: L2Loss is a mean over the outputs too, of which ours is the sum.
    Loss loss() {
        return switch (config.architecture().loss()) {
            case QUADRATIC ->
                new L2Loss("quadratic", config.architecture().shape().outputs() / 2f);
            case CROSS_ENTROPY -> Loss.softmaxCrossEntropyLoss();
        };
    }

    /// Values that the loss takes for each example: a one at the label among zeros, or the label itself.
    int targetSize() {
        return switch (config.architecture().loss()) {
            case QUADRATIC -> config.architecture().shape().outputs();
            case CROSS_ENTROPY -> 1;
        };
    }

    Optimizer optimizer() {
        return switch (config.optimizer()) {
            case dev.inkstream.network.Optimizer.Sgd sgd ->
                Optimizer.sgd()
                        .setLearningRateTracker(Tracker.fixed(sgd.learningRate()))
                        .build();
            case dev.inkstream.network.Optimizer.Adam adam ->
                Optimizer.adam()
                        .optLearningRateTracker(Tracker.fixed(adam.learningRate()))
                        .optBeta1(adam.beta1())
                        .optBeta2(adam.beta2())
                        .optEpsilon(adam.epsilon())
                        .build();
        };
    }
}
