package dev.inkstream.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What finite differences cannot say: the derivative at a kink.
class ActivationTest {
    @ParameterizedTest
    @CsvSource({
        "RELU, 0, 0", "RELU, 1e-30, 2", "RELU, -1e-30, 0",
        "LEAKY_RELU, 0, 0.2", "LEAKY_RELU, 1e-30, 2", "LEAKY_RELU, -1e-30, 0.2"
    })
    void backwardAtAndBesideZero(Activation activation, float z, float dZ) {
        float[] a = {z};
        activation.forward(a, 1, Fixtures.SCALAR);
        float[] gradient = {2};

        activation.backward(a, gradient, 1);

        assertThat(gradient).containsExactly(dZ);
    }

    @Test
    void softmaxHasNoBackwardOfItsOwn() {
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> Activation.SOFTMAX.backward(new float[1], new float[1], 1))
                .withMessage("softmax is an output activation; the loss computes its dZ");
    }
}
