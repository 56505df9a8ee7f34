package dev.inkstream.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

/// Compares Adam with algorithm 1 of Kingma and Ba 2015, step by step in float64.
class AdamTest {
    private static final Optimizer.Adam ADAM = new Optimizer.Adam(0.01f, 0.9f, 0.99f, 1e-8f);
    private static final int MINI_BATCH_SIZE = 4;

    @Test
    void takesTheStepsOfThePaper() {
        Random random = new Random(1);
        Layer gradient = Layer.zeros(1, 1);
        Layer parameters = Layer.zeros(1, 1);
        AdamMoments moments = new AdamMoments(Layer.zeros(1, 1), Layer.zeros(1, 1));
        double m = 0;
        double v = 0;
        double w = 0;
        for (int t = 1; t <= 200; t++) {
            float sum = (float) (random.nextGaussian() + 0.3);
            gradient.set(0, 0, sum);
            Fixtures.SCALAR.adam(AdamStep.of(ADAM, MINI_BATCH_SIZE, t), gradient, moments, parameters);
            double g = sum / MINI_BATCH_SIZE;
            m = ADAM.beta1() * m + (1 - ADAM.beta1()) * g;
            v = ADAM.beta2() * v + (1 - ADAM.beta2()) * g * g;
            double meanHat = m / (1 - Math.pow(ADAM.beta1(), t));
            double squareHat = v / (1 - Math.pow(ADAM.beta2(), t));
            w -= ADAM.learningRate() * meanHat / (Math.sqrt(squareHat) + ADAM.epsilon());
            assertThat((double) parameters.get(0, 0)).isEqualTo(w, within(1e-6));
        }
        assertThat(w).isLessThan(-0.1);
    }

    @Test
    void theFirstStepIsTheLearningRate() {
        Layer gradient = Layer.zeros(1, 1);
        Layer parameters = Layer.zeros(1, 1);
        gradient.set(0, 0, 123f);
        gradient.set(1, 0, -0.001f);
        AdamMoments moments = new AdamMoments(Layer.zeros(1, 1), Layer.zeros(1, 1));
        Fixtures.SCALAR.adam(AdamStep.of(ADAM, 1, 1), gradient, moments, parameters);
        assertThat(parameters.get(0, 0)).isEqualTo(-0.01f, within(1e-6f));
        assertThat(parameters.get(1, 0)).isEqualTo(0.01f, within(1e-6f));
    }
}
