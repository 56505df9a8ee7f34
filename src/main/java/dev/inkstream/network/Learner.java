package dev.inkstream.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// A network that learns, one example at a time, without end. Its parameters after n examples depend on its
/// configuration, its seed and those examples in their order, to the bit. Mutable, not thread-safe.
///
/// Examples add to a mini-batch; the example that fills it brings the update. Between mini-batches its [#state()] can
/// be taken, from which [#resume] continues with the same results.
public final class Learner {
    private final TrainingConfig config;
    private final Layer[] parameters;
    private final BackPropagation backPropagation;
    private final UpdateRule updateRule;
    private final Averaging averaging;
    private long examples;

    private Learner(TrainingConfig config, Layer[] parameters, LayerKernels kernels) {
        this.config = config;
        this.parameters = parameters;
        backPropagation = new BackPropagation(config.architecture(), parameters, kernels);
        updateRule = UpdateRule.of(config, kernels);
        averaging = new Averaging(config.averagingDecay(), parameters, kernels);
    }

    /// A learner that has seen nothing. Its parameters are drawn from `new java.util.Random(seed)`, layer by layer from
    /// the inputs on, in the order that [Initialization] gives.
    public static Learner initial(TrainingConfig config, long seed) {
        return initial(config, seed, Kernels.chosen());
    }

    static Learner initial(TrainingConfig config, long seed, LayerKernels kernels) {
        Random random = new Random(seed);
        Layer[] parameters = Layer.zeros(config.architecture().shape());
        for (Layer layer : parameters) {
            config.initialization().fill(layer, random);
        }
        return new Learner(config, parameters, kernels);
    }

    /// A learner that has seen nothing and starts from given parameters.
    ///
    /// @throws IllegalArgumentException if they are of another shape
    public static Learner from(TrainingConfig config, Parameters parameters) {
        if (!config.architecture().shape().equals(parameters.shape())) {
            throw new IllegalArgumentException("parameters have the shape " + parameters.shape() + "; it must have "
                    + config.architecture().shape());
        }
        return from(config, parameters, Kernels.chosen());
    }

    static Learner from(TrainingConfig config, Parameters parameters, LayerKernels kernels) {
        return new Learner(config, Layer.copy(parameters.layers()), kernels);
    }

    /// The learner whose [#state()] this is; from here on it gives the same bits as that one.
    ///
    /// @throws IllegalArgumentException if the state is corrupt, or of another configuration
    public static Learner resume(TrainingConfig config, byte[] state) {
        return resume(config, state, Kernels.chosen());
    }

    static Learner resume(TrainingConfig config, byte[] state, LayerKernels kernels) {
        Learner learner = new Learner(config, Layer.zeros(config.architecture().shape()), kernels);
        learner.examples = LearnerState.read(state, config, learner.memory());
        return learner;
    }

    /// Tests an example, then learns from it; if it fills the mini-batch, updates the parameters. An example whose loss
    /// is not finite is left out: the learner is as if it had not been there.
    ///
    /// @param pixels one unsigned byte for each input
    /// @return what the parameters before this mini-batch made of it
    /// @throws DivergedException if the loss is not finite because a parameter is not
    /// @throws IllegalArgumentException if there are too few or too many pixels, or no such label; nothing is learned
    public PrequentialResult learn(byte[] pixels, int label) {
        return learn(pixels, 0, pixels.length, label);
    }

    /// The same for an image whose pixels are part of an array, such as the bytes of a record.
    ///
    /// @param start index of its first pixel
    /// @param length how many it has
    public PrequentialResult learn(byte[] pixels, int start, int length, int label) {
        PrequentialResult outcome = backPropagation.add(pixels, start, length, label);
        if (!outcome.isFinite()) {
            Layer.requireFinite(parameters);
            return outcome;
        }
        examples++;
        if (betweenMiniBatches()) {
            update();
        }
        return outcome;
    }

    private void update() {
        backPropagation.endMiniBatch();
        updateRule.apply(backPropagation.gradients(), parameters, miniBatches());
        averaging.update(miniBatches());
    }

    public TrainingConfig config() {
        return config;
    }

    /// Whether every example seen has been part of an update.
    public boolean betweenMiniBatches() {
        return examples % config.miniBatchSize() == 0;
    }

    /// The Euclidean norm of the mean gradient that brought the last update, computed at each call; 0 before the
    /// first update, and right after [#resume], since the state holds no gradient. The same bits on every machine.
    ///
    /// @throws IllegalStateException if a mini-batch is under way
    public double gradientNorm() {
        if (!betweenMiniBatches()) {
            throw new IllegalStateException("a mini-batch is under way: its gradient is not complete");
        }
        double squares = 0;
        for (Gradient gradient : backPropagation.gradients()) {
            squares += gradient.sumOfSquares();
        }
        return Math.sqrt(squares) / config.miniBatchSize();
    }

    /// The number of examples seen.
    public long examples() {
        return examples;
    }

    /// The number of updates made.
    public long miniBatches() {
        return examples / config.miniBatchSize();
    }

    /// A frozen copy of the parameters to classify with: averaged where the configuration says so.
    ///
    /// @throws DivergedException if learning has diverged, so that a parameter is no longer finite
    public Parameters served() {
        return Parameters.copyOf(config.architecture().shape(), averaging.served());
    }

    /// All of this learner, for [#resume].
    ///
    /// @throws IllegalStateException if a mini-batch is under way
    public byte[] state() {
        if (!betweenMiniBatches()) {
            throw new IllegalStateException("a mini-batch is under way: "
                    + examples % config.miniBatchSize() + " of " + config.miniBatchSize()
                    + " examples; the state can only be taken between mini-batches");
        }
        return LearnerState.write(config, examples, memory());
    }

    private List<Layer[]> memory() {
        List<Layer[]> memory = new ArrayList<>();
        memory.add(parameters);
        memory.addAll(updateRule.memory());
        memory.addAll(averaging.memory());
        return memory;
    }
}
