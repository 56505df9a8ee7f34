package dev.inkstream.bench;

import java.util.ArrayList;
import java.util.List;

/// One benchmark of the table: an engine that does its task with a network.
///
/// @param batch images in a call
record Case(Task task, NetworkModel model, Engine engine, int batch) {
    /// A batch that keeps ONNX Runtime's matrix multiplication busy.
    static final int LARGE_BATCH = 256;

    private static final List<NetworkModel> TRAINED =
            List.of(NetworkModel.CLASSIC_30, NetworkModel.MODERN_30, NetworkModel.MODERN_100);

    /// All of them, those that are compared beside each other, so that a change in the machine's speed meets both.
    static List<Case> all() {
        List<Case> all = new ArrayList<>();
        for (NetworkModel model : NetworkModel.values()) {
            all.add(classify(model, Engine.INKSTREAM, 1));
            all.add(classify(model, Engine.ONNX_RUNTIME, 1));
            all.add(classify(model, Engine.ONNX_RUNTIME, LARGE_BATCH));
        }
        for (NetworkModel model : TRAINED) {
            all.add(train(model, Engine.INKSTREAM));
            all.add(train(model, Engine.PYTORCH));
        }
        return List.copyOf(all);
    }

    static Case classify(NetworkModel model, Engine engine, int batch) {
        return new Case(Task.CLASSIFY, model, engine, batch);
    }

    /// In mini-batches of the size that the preset has.
    static Case train(NetworkModel model, Engine engine) {
        return new Case(Task.TRAIN, model, engine, model.config().miniBatchSize());
    }

    /// As `classify 784-30-10 classic, ONNX Runtime, batches of 256`.
    String text() {
        return task.text() + " " + model.text() + ", " + engineText();
    }

    /// As `ONNX Runtime, batches of 256`.
    String engineText() {
        return engine.text() + (batch == 1 ? ", one at a time" : ", batches of " + batch);
    }

    /// The class with the JMH benchmark.
    Class<?> benchmark() {
        return switch (task) {
            case CLASSIFY -> engine == Engine.INKSTREAM ? ClassifyInkstream.class : ClassifyOnnxRuntime.class;
            case TRAIN -> engine == Engine.INKSTREAM ? TrainInkstream.class : TrainPyTorch.class;
        };
    }
}
