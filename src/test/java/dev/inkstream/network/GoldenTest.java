package dev.inkstream.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Compares the classic network with vectors computed in float64 by another program.
class GoldenTest {
    private static final float TOLERANCE = 1e-5f;

    @TestFactory
    Stream<DynamicTest> agreesWithTheGoldenVectors() throws IOException {
        List<JsonNode> cases = new ArrayList<>();
        try (InputStream in = GoldenTest.class.getResourceAsStream("/golden/classic-sgd.json")) {
            new ObjectMapper().readTree(Objects.requireNonNull(in)).forEach(cases::add);
        }
        assertThat(cases).hasSize(4);
        return cases.stream()
                .flatMap(golden -> Stream.of(Fixtures.SCALAR, Fixtures.VECTOR)
                        .map(kernels -> DynamicTest.dynamicTest(
                                golden.get("name").asText() + ", "
                                        + kernels.getClass().getSimpleName(),
                                () -> check(golden, kernels))));
    }

    private static void check(JsonNode golden, LayerKernels kernels) {
        TrainingConfig config = config(golden);
        Learner learner =
                Learner.from(config, initial(golden, config.architecture().shape()), kernels);
        for (JsonNode batch : golden.get("batches")) {
            checkBefore(batch, config.architecture(), learner.served(), kernels);
            for (int i = 0; i < config.miniBatchSize(); i++) {
                learner.learn(pixels(batch, i), batch.get("labels").get(i).asInt());
            }
            assertThat(learner.betweenMiniBatches()).isTrue();
            Layer[] after = learner.served().layers();
            checkLayers(
                    after, batch.get("after").get("weights"), batch.get("after").get("biases"), 1);
        }
    }

    private static void checkBefore(
            JsonNode batch, Architecture architecture, Parameters parameters, LayerKernels kernels) {
        int size = batch.get("labels").size();
        Workspace workspace = new Workspace(architecture, kernels);
        BackPropagation backPropagation = new BackPropagation(architecture, parameters.layers(), kernels);
        double cost = 0;
        for (int i = 0; i < size; i++) {
            int label = batch.get("labels").get(i).asInt();
            byte[] pixels = pixels(batch, i);
            workspace.forward(parameters.layers(), pixels, 0, pixels.length);
            JsonNode outputs = batch.get("outputsBefore").get(i);
            for (int out = 0; out < outputs.size(); out++) {
                assertThat(workspace.outputs()[out]).isEqualTo(number(outputs.get(out)), within(TOLERANCE));
            }
            cost += backPropagation.add(pixels, 0, pixels.length, label).loss();
        }
        assertThat((float) (cost / size)).isEqualTo(number(batch.get("meanCostBefore")), within(TOLERANCE));
        Layer[] sums = Stream.of(backPropagation.gradients()).map(Gradient::sum).toArray(Layer[]::new);
        JsonNode mean = batch.get("meanGradient");
        checkLayers(sums, mean.get("dWeights"), mean.get("dBiases"), size);
    }

    /// Compares layers / divisor with row-major weights of shape outputs x inputs and biases.
    private static void checkLayers(Layer[] layers, JsonNode weights, JsonNode biases, int divisor) {
        for (int l = 0; l < layers.length; l++) {
            Layer layer = layers[l];
            for (int out = 0; out < layer.outputs(); out++) {
                for (int in = 0; in < layer.inputs(); in++) {
                    float expected = number(weights.get(l).get(out * layer.inputs() + in));
                    assertThat(layer.get(in, out) / divisor).isEqualTo(expected, within(TOLERANCE));
                }
                float expected = number(biases.get(l).get(out));
                assertThat(layer.get(layer.inputs(), out) / divisor).isEqualTo(expected, within(TOLERANCE));
            }
        }
    }

    private static TrainingConfig config(JsonNode golden) {
        List<Integer> sizes = new ArrayList<>();
        golden.get("sizes").forEach(size -> sizes.add(size.asInt()));
        return new TrainingConfig(
                new Architecture(new NetworkShape(sizes), Activation.SIGMOID, Activation.SIGMOID),
                Initialization.STANDARD_NORMAL,
                new Optimizer.Sgd(number(golden.get("eta"))),
                golden.get("miniBatchSize").asInt(),
                0);
    }

    private static Parameters initial(JsonNode golden, NetworkShape shape) {
        Layer[] layers = Layer.zeros(shape);
        for (int l = 0; l < layers.length; l++) {
            for (int out = 0; out < layers[l].outputs(); out++) {
                JsonNode weights = golden.get("initial").get("weights").get(l);
                for (int in = 0; in < layers[l].inputs(); in++) {
                    layers[l].set(in, out, number(weights.get(out * layers[l].inputs() + in)));
                }
                JsonNode bias = golden.get("initial").get("biases").get(l).get(out);
                layers[l].set(layers[l].inputs(), out, number(bias));
            }
        }
        return Parameters.copyOf(shape, layers);
    }

    private static byte[] pixels(JsonNode batch, int example) {
        JsonNode row = batch.get("pixels").get(example);
        byte[] pixels = new byte[row.size()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) row.get(i).asInt();
        }
        return pixels;
    }

    private static float number(JsonNode node) {
        return (float) node.asDouble();
    }
}
