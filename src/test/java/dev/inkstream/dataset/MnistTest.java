package dev.inkstream.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What is known of MNIST, read from its real files.
class MnistTest {
    @Test
    void hasItsSizes() {
        Dataset mnist = RealDigits.read();

        assertThat(mnist.description()).endsWith(": 60,000 training and 10,000 holdout images, 28x28, 10 classes");
        assertThat(mnist.training(Split.FULL).size()).isEqualTo(60_000);
        assertThat(mnist.training(Split.CLASSIC).size()).isEqualTo(50_000);
        assertThat(mnist.validation().size()).isEqualTo(10_000);
        assertThat(mnist.validation().label(0)).isEqualTo(mnist.training().label(50_000));
    }

    @Test
    void hasItsLabels() {
        Dataset mnist = RealDigits.read();

        assertThat(IntStream.range(0, 10).map(mnist.training()::label)).containsExactly(5, 0, 4, 1, 9, 2, 1, 3, 1, 4);
        assertThat(IntStream.range(0, 10).map(mnist.holdout()::label)).containsExactly(7, 2, 1, 0, 4, 1, 4, 9, 5, 9);
        assertThat(Labels.histogram(mnist.training()))
                .containsExactly(5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949);
        assertThat(Labels.histogram(mnist.holdout()))
                .containsExactly(980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009);
    }

    @Test
    void hasItsPixels() {
        Dataset mnist = RealDigits.read();

        // The published mean of all training pixels is 0.1307 of full ink.
        assertThat(Ink.mean(mnist.training()) / 255).isBetween(0.1306, 0.1308);
        assertThat(Ink.fraction(mnist.training())).isBetween(0.190, 0.192);
    }
}
