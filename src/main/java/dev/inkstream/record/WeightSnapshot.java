package dev.inkstream.record;

import java.util.List;

/// One version of a model's weights, complete. Immutable.
///
/// The digest in `id` is checked against the parameters on construction, so a snapshot that exists is intact;
/// whether its values are finite and fit its layers is for the network to say.
///
/// @param layers what the parameters are parameters of
/// @param weights little-endian float32: for each layer its weights, input-major, then its biases
/// @param progress how far training had come
/// @param training preset, seed and hyperparameters as one line of key=value pairs
/// @param provenance where it comes from besides
public record WeightSnapshot(
        ModelVersion id,
        Layers layers,
        Weights weights,
        TrainingProgress progress,
        String training,
        Provenance provenance) {

    /// Activations and summation have the names that the schema and the network give them, such as `RELU`: both refuse
    /// others.
    ///
    /// @param sizes neurons in each layer, inputs first
    /// @param hidden applied to the hidden layers' weighted sums
    /// @param output applied to the output layer's weighted sums
    /// @param summation the order in which the products of a neuron are added up
    public record Layers(List<Integer> sizes, String hidden, String output, String summation) {
        /// The order of every version that does not name one.
        public static final String SEQUENTIAL = "SEQUENTIAL";

        public Layers {
            sizes = List.copyOf(sizes);
        }

        /// With sequential sums.
        public Layers(List<Integer> sizes, String hidden, String output) {
            this(sizes, hidden, output, SEQUENTIAL);
        }
    }

    /// @throws InvalidRecordException if the digest is not the parameters' own
    public WeightSnapshot {
        if (!weights.sha256().equals(id.weights())) {
            throw new InvalidRecordException(
                    RejectReason.BAD_SNAPSHOT,
                    "snapshot " + id.model() + " v" + id.version() + " is corrupt: its parameters have SHA-256 "
                            + weights.sha256() + " but it says " + id.weights());
        }
    }

    /// One that does not say where it comes from; `parameters` belongs to the record from then on.
    public WeightSnapshot(
            ModelVersion id, Layers layers, byte[] parameters, TrainingProgress progress, String training) {
        this(id, layers, new Weights(parameters), progress, training, Provenance.unknown());
    }

    /// The same version, with what is said of where it comes from.
    public WeightSnapshot with(Provenance other) {
        return new WeightSnapshot(id, layers, weights, progress, training, other);
    }

    /// The same version, with what is said of how it was trained.
    public WeightSnapshot trainedWith(String settings) {
        return new WeightSnapshot(id, layers, weights, progress, settings, provenance);
    }

    /// The bytes of the parameters, never to be written to.
    public byte[] parameters() {
        return weights.bytes();
    }

    @Override
    public String toString() {
        return "WeightSnapshot[" + id + " after " + progress.examples() + " examples]";
    }
}
