package dev.inkstream.record;

import java.util.Arrays;
import java.util.List;

/// One version of a model's weights, complete. Immutable: `parameters` belongs to the record from then on.
///
/// The digest in `id` is checked against the parameters on construction, so a snapshot that exists is intact;
/// whether its values are finite and fit its layers is for the network to say.
///
/// @param layers what the parameters are parameters of
/// @param parameters little-endian float32: for each layer its weights, input-major, then its biases
/// @param progress how far training had come
/// @param training preset, seed and hyperparameters as one line of key=value pairs
public record WeightSnapshot(
        ModelVersion id, Layers layers, byte[] parameters, TrainingProgress progress, String training) {

    /// Applied to the hidden layers' weighted sums.
    public enum HiddenActivation {
        SIGMOID,
        RELU,
        LEAKY_RELU
    }

    /// Applied to the output layer's weighted sums.
    public enum OutputActivation {
        SIGMOID,
        SOFTMAX
    }

    /// @param sizes neurons in each layer, inputs first
    public record Layers(List<Integer> sizes, HiddenActivation hidden, OutputActivation output) {
        public Layers {
            sizes = List.copyOf(sizes);
        }
    }

    /// @throws InvalidRecordException if the digest is not the parameters' own
    public WeightSnapshot {
        Sha256 actual = Sha256.of(parameters);
        if (!actual.equals(id.weights())) {
            throw new InvalidRecordException(
                    RejectReason.BAD_SNAPSHOT,
                    "snapshot " + id.model() + " v" + id.version() + " is corrupt: its parameters have SHA-256 "
                            + actual + " but it says " + id.weights());
        }
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof WeightSnapshot that
                && id.equals(that.id)
                && layers.equals(that.layers)
                && Arrays.equals(parameters, that.parameters)
                && progress.equals(that.progress)
                && training.equals(that.training);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "WeightSnapshot[" + id + " after " + progress.examples() + " examples]";
    }
}
