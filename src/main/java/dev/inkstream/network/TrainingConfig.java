package dev.inkstream.network;

import java.util.Locale;

/// All that decides how a network learns, but for its seed and its examples. Immutable.
///
/// @param miniBatchSize examples to an update, in 1..65536
/// @param averagingDecay decay per mini-batch of the moving average of the parameters that is served, in [0, 1); 0
///     serves the parameters as they are
public record TrainingConfig(
        Architecture architecture,
        Initialization initialization,
        Optimizer optimizer,
        int miniBatchSize,
        float averagingDecay) {
    static final int MAX_MINI_BATCH_SIZE = 65_536;

    public TrainingConfig {
        if (miniBatchSize < 1 || miniBatchSize > MAX_MINI_BATCH_SIZE) {
            throw new IllegalArgumentException(
                    "miniBatchSize is " + miniBatchSize + "; it must be in 1.." + MAX_MINI_BATCH_SIZE);
        }
        Optimizer.requireDecay("averagingDecay", averagingDecay);
    }

    /// The same with another order of sums.
    public TrainingConfig with(Summation other) {
        return new TrainingConfig(architecture.with(other), initialization, optimizer, miniBatchSize, averagingDecay);
    }

    /// Reads what [#describe()] writes.
    ///
    /// @throws IllegalArgumentException if this build writes no such text
    public static TrainingConfig parse(String description) {
        return ConfigReader.read(description);
    }

    /// One line of key=value pairs, the same everywhere for the same configuration.
    public String describe() {
        return "shape=" + architecture.shape()
                + " hidden=" + lower(architecture.hidden())
                + " output=" + lower(architecture.output())
                + " loss=" + lower(architecture.loss())
                + summation()
                + " initialization=" + lower(initialization)
                + " " + optimizer.describe()
                + " miniBatchSize=" + miniBatchSize
                + " averagingDecay=" + averagingDecay;
    }

    /// Builds before there was another order did not name it, and their records stay readable.
    private String summation() {
        return architecture.summation() == Summation.SEQUENTIAL ? "" : " summation=" + lower(architecture.summation());
    }

    static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
