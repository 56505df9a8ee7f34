package dev.inkstream.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Compares the gradient with finite differences of a loss computed in float64.
class GradientTest {
    /// Relative to the largest gradient of the example; the float32 rounding of a few sums.
    private static final double TOLERANCE = 5e-6;

    static Stream<Architecture> architectures() {
        List<Architecture> all = new ArrayList<>();
        for (String shape : new String[] {"5,3", "6,4,3", "9,17,5", "7,6,5,4", "3,1,2"}) {
            for (Activation hidden : EnumSet.complementOf(EnumSet.of(Activation.SOFTMAX))) {
                for (Activation output : new Activation[] {Activation.SIGMOID, Activation.SOFTMAX}) {
                    all.add(new Architecture(NetworkShape.parse(shape), hidden, output));
                }
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void isTheDerivativeOfTheLoss(Architecture architecture) {
        for (LayerKernels kernels : new LayerKernels[] {Fixtures.SCALAR, Fixtures.VECTOR}) {
            for (Examples.Example example : Examples.of(architecture.shape(), 5, 3)) {
                Layer[] parameters = Fixtures.layers(architecture.shape(), 4);
                check(
                        example,
                        new ReferenceLoss(architecture, parameters),
                        gradient(architecture, parameters, example, kernels));
            }
        }
    }

    @Test
    void theCheckFindsAGradientThatIsSlightlyWrong() {
        Architecture architecture = new Architecture(NetworkShape.of(6, 4, 3), Activation.RELU, Activation.SOFTMAX);
        Examples.Example example = Examples.of(architecture.shape(), 1, 3).first();
        Layer[] parameters = Fixtures.layers(architecture.shape(), 4);
        ReferenceLoss loss = new ReferenceLoss(architecture, parameters);
        Layer[] gradient = gradient(architecture, parameters, example, Fixtures.SCALAR);
        check(example, loss, gradient);
        float right = gradient[1].get(4, 0);
        gradient[1].set(4, 0, right * 1.0001f);
        assertThat(right).isNotZero();
        assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> check(example, loss, gradient));
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void ofTheSumIsTheSumOfGradients(Architecture architecture) {
        Layer[] parameters = Fixtures.layers(architecture.shape(), 5);
        BackPropagation together = new BackPropagation(architecture, parameters, Fixtures.SCALAR);
        List<Layer[]> apart = new ArrayList<>();
        for (Examples.Example example : Examples.of(architecture.shape(), 4, 6)) {
            together.add(example.pixels(), 0, example.pixels().length, example.label());
            apart.add(gradient(architecture, parameters, example, Fixtures.SCALAR));
        }
        forEachParameter(parameters, (layer, row, out) -> {
            double sum = apart.stream().mapToDouble(g -> g[layer].get(row, out)).sum();
            assertThat((double) together.gradients()[layer].sum().get(row, out)).isEqualTo(sum, within(1e-6));
        });
    }

    private static void check(Examples.Example example, ReferenceLoss loss, Layer[] gradient) {
        double largest = 0;
        for (Layer layer : gradient) {
            for (float value : layer.rows()) {
                largest = Math.max(largest, Math.abs(value));
            }
        }
        double tolerance = TOLERANCE * largest + 1e-9;
        forEachParameter(
                gradient,
                (layer, row, out) -> assertThat((double) gradient[layer].get(row, out))
                        .as("layer %d row %d output %d", layer, row, out)
                        .isEqualTo(loss.derivative(example, layer, row, out), within(tolerance)));
    }

    private static Layer[] gradient(
            Architecture architecture, Layer[] parameters, Examples.Example example, LayerKernels kernels) {
        BackPropagation backPropagation = new BackPropagation(architecture, parameters, kernels);
        backPropagation.add(example.pixels(), 0, example.pixels().length, example.label());
        return Stream.of(backPropagation.gradients()).map(Gradient::sum).toArray(Layer[]::new);
    }

    private interface ParameterVisitor {
        void visit(int layer, int row, int out);
    }

    private static void forEachParameter(Layer[] layers, ParameterVisitor visitor) {
        for (int l = 0; l < layers.length; l++) {
            for (int row = 0; row <= layers[l].inputs(); row++) {
                for (int out = 0; out < layers[l].outputs(); out++) {
                    visitor.visit(l, row, out);
                }
            }
        }
    }
}
