package dev.inkstream.interchange;

import dev.inkstream.network.Activation;
import dev.inkstream.network.NetworkShape;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.Snapshots;
import java.util.Arrays;

/// A version as an ONNX model (onnx.proto, IR version 8, operators of version 13): input `images`, float32 of shape
/// batch x inputs in 0..1 (pixels / 255); output `scores`, float32 of shape batch x classes. For each layer a `Gemm`
/// and its activation. Stateless.
///
/// The numbers of fields are those of onnx.proto; the few messages needed here are written by hand, without classes
/// generated from all of it.
final class OnnxModel {
    private static final long IR_VERSION = 8;
    private static final long OPERATORS = 13;
    private static final int FLOAT = 1;

    private OnnxModel() {}

    static byte[] write(WeightSnapshot snapshot) {
        ProtoMessage model = new ProtoMessage()
                .number(1, IR_VERSION)
                .text(2, "inkstream")
                .number(5, snapshot.id().version())
                .message(7, graph(snapshot))
                .message(8, new ProtoMessage().text(1, "").number(2, OPERATORS));
        property(model, "model", snapshot.id().model());
        property(model, "version", Long.toString(snapshot.id().version()));
        property(model, "sha256", snapshot.id().weights().toString());
        property(model, "training", snapshot.training());
        return model.toBytes();
    }

    private static void property(ProtoMessage model, String key, String value) {
        model.message(14, new ProtoMessage().text(1, key).text(2, value));
    }

    private static ProtoMessage graph(WeightSnapshot snapshot) {
        NetworkShape shape = Snapshots.network(snapshot).architecture().shape();
        ProtoMessage graph = new ProtoMessage();
        String from = "images";
        for (int layer = 0; layer < shape.layers(); layer++) {
            boolean last = layer == shape.layers() - 1;
            String to = last ? "scores" : "a" + (layer + 1);
            Activation activation = Activation.valueOf(
                    last ? snapshot.layers().output() : snapshot.layers().hidden());
            gemm(graph, from, layer + 1);
            graph.message(1, activation(activation, "z" + (layer + 1), to));
            from = to;
        }
        graph.text(2, snapshot.id().model());
        initializers(graph, shape, snapshot.parameters());
        return graph.message(11, value("images", shape.inputs())).message(12, value("scores", shape.outputs()));
    }

    private static void gemm(ProtoMessage graph, String from, int number) {
        graph.message(
                1,
                new ProtoMessage()
                        .text(1, from)
                        .text(1, "w" + number)
                        .text(1, "b" + number)
                        .text(2, "z" + number)
                        .text(3, "layer" + number)
                        .text(4, "Gemm"));
    }

    private static ProtoMessage activation(Activation activation, String from, String to) {
        ProtoMessage node = new ProtoMessage().text(1, from).text(2, to);
        return switch (activation) {
            case SIGMOID -> node.text(4, "Sigmoid");
            case RELU -> node.text(4, "Relu");
            case LEAKY_RELU ->
                node.text(4, "LeakyRelu")
                        .message(
                                5,
                                new ProtoMessage()
                                        .text(1, "alpha")
                                        .real(2, Activation.LEAK)
                                        .number(20, FLOAT));
            case SOFTMAX -> node.text(4, "Softmax");
        };
    }

    /// The parameters are in the order of ONNX: weights of shape inputs x outputs, then biases.
    private static void initializers(ProtoMessage graph, NetworkShape shape, byte[] parameters) {
        int at = 0;
        for (int layer = 0; layer < shape.layers(); layer++) {
            int inputs = shape.inputs(layer);
            int outputs = shape.outputs(layer);
            int biases = at + inputs * outputs * Float.BYTES;
            int next = biases + outputs * Float.BYTES;
            ProtoMessage weights = new ProtoMessage().number(1, inputs).number(1, outputs);
            graph.message(5, tensor(weights, "w" + (layer + 1), Arrays.copyOfRange(parameters, at, biases)));
            graph.message(
                    5,
                    tensor(
                            new ProtoMessage().number(1, outputs),
                            "b" + (layer + 1),
                            Arrays.copyOfRange(parameters, biases, next)));
            at = next;
        }
    }

    private static ProtoMessage tensor(ProtoMessage dimensions, String name, byte[] values) {
        return dimensions.number(2, FLOAT).text(8, name).bytes(9, values);
    }

    /// A batch of any size.
    private static ProtoMessage value(String name, int size) {
        ProtoMessage shape = new ProtoMessage()
                .message(1, new ProtoMessage().text(2, "batch"))
                .message(1, new ProtoMessage().number(1, size));
        ProtoMessage tensor = new ProtoMessage().number(1, FLOAT).message(2, shape);
        return new ProtoMessage().text(1, name).message(2, new ProtoMessage().message(1, tensor));
    }
}
