package dev.inkstream.stream;

import dev.inkstream.codec.AvroSerdes;
import dev.inkstream.codec.InMemorySchemaRegistry;
import dev.inkstream.network.Activation;
import dev.inkstream.network.Architecture;
import dev.inkstream.network.Initialization;
import dev.inkstream.network.NetworkShape;
import dev.inkstream.network.Optimizer;
import dev.inkstream.network.TrainingConfig;
import dev.inkstream.record.ImageRecord;
import dev.inkstream.record.Label;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.Provenance;
import dev.inkstream.record.Sha256;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.record.WeightSnapshot.Layers;
import dev.inkstream.trainer.Training;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/// A small model, and images and versions without number for it.
public final class Samples {
    public static final Topics TOPICS = new Topics("t.");
    public static final String MODEL = "digits";
    public static final ImageFormat FORMAT = new ImageFormat(3, 2, 4);
    public static final InMemorySchemaRegistry REGISTRY = new InMemorySchemaRegistry();
    public static final AvroSerdes SERDES = new AvroSerdes(REGISTRY);

    /// Optimizer state, averaging and hidden layer: whatever a resume could forget is there.
    public static final TrainingConfig CONFIG = config(NetworkShape.of(6, 9, 4));

    /// A version every 12 examples.
    public static final Training.Settings TRAINING = new Training.Settings(MODEL, CONFIG, 1, 3);

    private Samples() {}

    public static TrainingConfig config(NetworkShape shape) {
        return new TrainingConfig(
                new Architecture(shape, Activation.RELU, Activation.SOFTMAX),
                Initialization.HE,
                new Optimizer.Adam(0.05f, 0.9f, 0.999f, 1e-8f),
                4,
                0.9f);
    }

    /// The i-th of all labeled images.
    public static LabeledImage example(long i) {
        Random random = new Random(i);
        byte[] pixels = new byte[FORMAT.pixels()];
        random.nextBytes(pixels);
        return new LabeledImage(
                new ImageRecord(FORMAT.width(), FORMAT.height(), pixels, Instant.ofEpochMilli(1_000 + i)),
                random.nextInt(FORMAT.classes()));
    }

    public static ImageRecord image(long i) {
        return example(i).image();
    }

    /// A version of our model; each number has weights of its own.
    public static WeightSnapshot snapshot(long version) {
        return snapshot(MODEL, version, CONFIG);
    }

    public static WeightSnapshot snapshot(String model, long version, TrainingConfig config) {
        WeightSnapshot initial =
                Training.start(new Training.Settings(model, config, version, 1)).snapshot();
        return withParameters(initial, version, initial.parameters());
    }

    /// The same version with other parameters and their true digest.
    public static WeightSnapshot withParameters(WeightSnapshot snapshot, long version, byte[] parameters) {
        return new WeightSnapshot(
                new ModelVersion(snapshot.id().model(), version, Sha256.of(parameters)),
                snapshot.layers(),
                parameters,
                snapshot.progress(),
                snapshot.training());
    }

    /// Who wrote a version is no function of the log.
    public static WeightSnapshot withoutPublisher(WeightSnapshot version) {
        return version.with(Provenance.trained(
                version.provenance().firstOffset(), version.provenance().parent()));
    }

    /// A version with one weight that is no number; its digest is right.
    public static WeightSnapshot notFinite(long version) {
        WeightSnapshot snapshot = snapshot(version);
        byte[] parameters = snapshot.parameters().clone();
        // Little-endian float32 NaN.
        parameters[2] = (byte) 0xc0;
        parameters[3] = 0x7f;
        return withParameters(snapshot, version, parameters);
    }

    /// A version that declares other layers than it has parameters for; its digest is right.
    public static WeightSnapshot ofLayers(long version, List<Integer> sizes) {
        WeightSnapshot snapshot = snapshot(version);
        return new WeightSnapshot(
                snapshot.id(),
                new Layers(sizes, "RELU", "SOFTMAX"),
                snapshot.parameters(),
                snapshot.progress(),
                snapshot.training());
    }

    public static byte[] bytes(ImageRecord image) {
        return SERDES.image().serializer().serialize("any", image);
    }

    public static byte[] bytes(Label label) {
        return SERDES.label().serializer().serialize("any", label);
    }

    public static byte[] bytes(LabeledImage image) {
        return SERDES.labeledImage().serializer().serialize("any", image);
    }

    public static byte[] bytes(WeightSnapshot snapshot) {
        return SERDES.weightSnapshot().serializer().serialize("any", snapshot);
    }

    /// A snapshot's bytes with one bit of its last parameter turned over.
    public static byte[] corrupt(WeightSnapshot snapshot) {
        byte[] bytes = bytes(snapshot);
        byte[] parameters = snapshot.parameters();
        int at = indexOf(bytes, parameters) + parameters.length - 1;
        bytes[at] ^= 1;
        return bytes;
    }

    public static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int i = 0; i + part.length <= bytes.length; i++) {
            if (java.util.Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        throw new IllegalArgumentException("not in there");
    }
}
