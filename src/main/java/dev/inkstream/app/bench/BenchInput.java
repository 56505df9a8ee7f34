package dev.inkstream.app.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.inkstream.app.cluster.ModelNameOption;
import dev.inkstream.app.role.NetworkOptions;
import dev.inkstream.dataset.Dataset;
import dev.inkstream.dataset.Images;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.ImageFormat;
import dev.inkstream.trainer.Training;
import java.util.Map;

/// The images and the network that are measured. Immutable.
///
/// @param training of the default model; another model has the same but for its name
record BenchInput(Dataset data, ImageFormat format, Training.Settings training) {
    static BenchInput of(Dataset data, NetworkOptions network) {
        Images set = data.training();
        ImageFormat format = new ImageFormat(set.width(), set.height(), set.classes());
        return new BenchInput(data, format, network.training(ModelNameOption.DEFAULT_MODEL, format));
    }

    /// The initial weights, as a version of a model.
    WeightSnapshot snapshot(String model) {
        return Training.start(
                        new Training.Settings(model, training.config(), training.seed(), training.snapshotEvery()))
                .snapshot();
    }

    /// What options left open, by their names in the settings.
    Map<String, JsonNode> effective() {
        return Map.of(
                "dataset", new TextNode(data.description()),
                "network", new TextNode(training.describe()),
                "snapshotEvery", new IntNode(training.snapshotEvery()));
    }

    /// `28x28`.
    String imageSize() {
        return format.width() + "x" + format.height();
    }
}
