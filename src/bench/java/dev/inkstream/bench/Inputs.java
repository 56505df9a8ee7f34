package dev.inkstream.bench;

import dev.inkstream.dataset.Images;
import dev.inkstream.interchange.WeightsFile;
import dev.inkstream.interchange.WeightsFormat;
import dev.inkstream.network.Learner;
import dev.inkstream.network.Network;
import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.Sha256;
import dev.inkstream.record.TrainingProgress;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.Snapshots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/// The files that one process writes, and that the process of each benchmark reads: images with their labels, and
/// trained networks. So a benchmark's process runs what it measures, and nothing else before it. Immutable.
///
/// @param directory where they are
record Inputs(Path directory) {
    /// The seed of the weights that training starts from.
    static final long SEED = 1;

    /// Writes the images that a network takes, and the network as it is after one pass over them.
    void write(NetworkModel model, Images images) {
        Pool pool = Pool.of(images, model.shape().inputs());
        Learner learner = Learner.initial(model.config(), SEED);
        ByteBuffer bytes = ByteBuffer.allocate(pool.size() * (1 + model.shape().inputs()));
        for (int i = 0; i < pool.size(); i++) {
            bytes.put((byte) pool.label()).put(pool.pixels());
            learner.learn(pool.pixels(), pool.label());
            pool.advance();
        }
        WeightSnapshot snapshot = snapshot(learner);
        write(images(model), bytes.array());
        write(weights(model), WeightsFormat.INKSTREAM.write(snapshot));
        write(onnx(model), WeightsFormat.ONNX.write(snapshot));
    }

    private static WeightSnapshot snapshot(Learner learner) {
        byte[] parameters = learner.served().toBytes();
        return new WeightSnapshot(
                new ModelVersion("bench", 0, Sha256.of(parameters)),
                Snapshots.layers(learner.config().architecture()),
                parameters,
                TrainingProgress.none(),
                learner.config().describe());
    }

    Pool readImages(NetworkModel model) {
        ByteBuffer bytes = ByteBuffer.wrap(read(images(model)));
        byte[][] images = new byte[bytes.remaining() / (1 + model.shape().inputs())]
                [model.shape().inputs()];
        int[] labels = new int[images.length];
        for (int i = 0; i < images.length; i++) {
            labels[i] = bytes.get();
            bytes.get(images[i]);
        }
        return new Pool(images, labels);
    }

    Network readNetwork(NetworkModel model) {
        return Snapshots.network(WeightsFile.read(read(weights(model))));
    }

    byte[] readOnnx(NetworkModel model) {
        return read(onnx(model));
    }

    private Path images(NetworkModel model) {
        return directory.resolve(model.name() + ".images");
    }

    private Path weights(NetworkModel model) {
        return directory.resolve(model.name() + ".avro");
    }

    private Path onnx(NetworkModel model) {
        return directory.resolve(model.name() + ".onnx");
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, byte[] bytes) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
