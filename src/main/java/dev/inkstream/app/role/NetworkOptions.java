package dev.inkstream.app.role;

import dev.inkstream.app.console.OptionRange;
import dev.inkstream.app.console.UsageException;
import dev.inkstream.network.NetworkShape;
import dev.inkstream.network.Preset;
import dev.inkstream.network.TrainingConfig;
import dev.inkstream.stream.ImageFormat;
import dev.inkstream.stream.Topics;
import dev.inkstream.trainer.Training;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which network is trained, and how.
public final class NetworkOptions {
    private static final int SNAPSHOT_EVERY = 500;

    @Option(
            names = "--preset",
            paramLabel = "PRESET",
            defaultValue = "modern",
            description = "classic (sigmoid, quadratic cost, plain SGD at rate 3) or modern (leaky ReLU, softmax, Adam,"
                    + " averaged weights) (default: ${DEFAULT-VALUE}).")
    private Preset preset = Preset.MODERN;

    @Option(
            names = "--hidden",
            paramLabel = "N",
            split = ",",
            defaultValue = "30",
            description = "Neurons of each hidden layer (default: ${DEFAULT-VALUE}).")
    private List<Integer> hidden = List.of(30);

    @Option(
            names = "--seed",
            paramLabel = "SEED",
            defaultValue = "1",
            description = "Seed of the initial weights (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(
            names = "--snapshot-every",
            paramLabel = "N",
            description = "Mini-batches from one version of the weights to the next; in the demo a tenth of an epoch if"
                    + " it is not given (default: 500).")
    private @Nullable Integer snapshotEvery;

    public Preset preset() {
        return preset;
    }

    public long seed() {
        return seed;
    }

    /// Mini-batches from one version to the next.
    ///
    /// @param usual if none are given
    public int snapshotEvery(int usual) {
        return snapshotEvery == null ? usual : snapshotEvery;
    }

    /// What a trainer of a model does with images of a format.
    ///
    /// @throws UsageException when an option is out of range
    public Training.Settings training(String model, ImageFormat format) {
        try {
            return new Training.Settings(model, config(format), seed, snapshotEvery(SNAPSHOT_EVERY));
        } catch (IllegalArgumentException e) {
            throw UsageException.of(e);
        }
    }

    /// Checks what is wrong whatever the images.
    ///
    /// @throws UsageException when a layer is out of range
    public void check() {
        OptionRange neurons = new OptionRange("--hidden", 1, NetworkShape.MAX_SIZE);
        hidden.forEach(neurons::check);
    }

    /// The configuration for images of a format.
    ///
    /// @throws UsageException when a layer is out of range, or the network too large for its topics
    public TrainingConfig config(ImageFormat format) {
        check();
        List<Integer> sizes = new ArrayList<>();
        sizes.add(format.pixels());
        sizes.addAll(hidden);
        sizes.add(format.classes());
        try {
            NetworkShape shape = new NetworkShape(sizes);
            if (shape.parameterCount() > Topics.MAX_PARAMETERS) {
                throw new UsageException("--hidden is %s, and network %s has %d parameters; it must have at most %d"
                        .formatted(numbers(), shape, shape.parameterCount(), Topics.MAX_PARAMETERS));
            }
            return preset.config(shape);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--hidden is %s; %s".formatted(numbers(), e.getMessage()), e);
        }
    }

    private String numbers() {
        return hidden.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
