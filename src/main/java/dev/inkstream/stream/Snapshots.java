package dev.inkstream.stream;

import dev.inkstream.network.Activation;
import dev.inkstream.network.Architecture;
import dev.inkstream.network.Network;
import dev.inkstream.network.NetworkShape;
import dev.inkstream.network.Parameters;
import dev.inkstream.network.Summation;
import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.RejectReason;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.record.WeightSnapshot.Layers;
import java.util.List;

/// Where the records of snapshots and the networks they describe meet. Stateless.
public final class Snapshots {
    /// Memory for the parameters of one network, in floats. Only shapes with several wide layers before narrow ones
    /// need more, by padding.
    private static final long MAX_FLOATS = 2L * Topics.MAX_PARAMETERS;

    private Snapshots() {}

    /// The network of a snapshot, whatever images it takes.
    ///
    /// @throws InvalidRecordException if the values are not finite, or do not fit the layers
    public static Network network(WeightSnapshot snapshot) {
        NetworkShape shape = shape(snapshot);
        try {
            if (shape.paddedCount() > MAX_FLOATS) {
                throw new IllegalArgumentException("its layers take " + shape.paddedCount()
                        + " floats in memory; they must take at most " + MAX_FLOATS);
            }
            Architecture architecture = new Architecture(
                    shape,
                    Activation.valueOf(snapshot.layers().hidden()),
                    Activation.valueOf(snapshot.layers().output()),
                    Summation.valueOf(snapshot.layers().summation()));
            return new Network(architecture, Parameters.fromBytes(shape, snapshot.parameters()));
        } catch (IllegalArgumentException e) {
            throw refused(snapshot, String.valueOf(e.getMessage()));
        }
    }

    /// The network of a snapshot.
    ///
    /// Nothing is allocated before the sizes of the layers have been checked.
    ///
    /// @throws InvalidRecordException if the values are not finite, or do not fit the layers, or the layers not
    ///     the images or the memory
    public static Network network(WeightSnapshot snapshot, ImageFormat format) {
        NetworkShape shape = shape(snapshot);
        if (shape.inputs() != format.pixels() || shape.outputs() != format.classes()) {
            throw refused(
                    snapshot,
                    "its layers are " + shape + ", but images of " + format.width() + "x" + format.height() + " in "
                            + format.classes() + " classes need " + format.pixels() + " inputs and "
                            + format.classes() + " outputs");
        }
        return network(snapshot);
    }

    private static NetworkShape shape(WeightSnapshot snapshot) {
        try {
            return new NetworkShape(snapshot.layers().sizes());
        } catch (IllegalArgumentException e) {
            throw refused(snapshot, String.valueOf(e.getMessage()));
        }
    }

    private static InvalidRecordException refused(WeightSnapshot snapshot, String why) {
        return new InvalidRecordException(
                RejectReason.BAD_SNAPSHOT,
                "snapshot " + snapshot.id().model() + " v" + snapshot.id().version() + " is refused: " + why);
    }

    /// A snapshot that is a network of these images, or of others: then a role of other settings can use it.
    ///
    /// @throws InvalidRecordException if it fits, but [#network] refuses it
    public static WeightSnapshot whole(WeightSnapshot snapshot, ImageFormat format) {
        if (fits(snapshot, format)) {
            network(snapshot, format);
        }
        return snapshot;
    }

    /// Whether a snapshot has an input for each pixel and an output for each class.
    public static boolean fits(WeightSnapshot snapshot, ImageFormat format) {
        List<Integer> sizes = snapshot.layers().sizes();
        return !sizes.isEmpty() && sizes.getFirst() == format.pixels() && sizes.getLast() == format.classes();
    }

    /// The layers of a snapshot.
    public static Layers layers(Architecture architecture) {
        return new Layers(
                architecture.shape().sizes(),
                architecture.hidden().name(),
                architecture.output().name(),
                architecture.summation().name());
    }
}
