package dev.inkstream.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The padding of every layer that a learner keeps is zero and stays zero.
class PaddingTest {

    @ParameterizedTest
    @EnumSource
    void staysZeroThroughTraining(Preset preset) {
        NetworkShape shape = NetworkShape.of(30, 9, 17, 3);
        for (LayerKernels kernels : new LayerKernels[] {Fixtures.SCALAR, Fixtures.VECTOR}) {
            Learner learner = Learner.initial(preset.config(shape), 1, kernels);
            Examples.of(shape, 320, 2).teach(learner);
            for (Layer layer : learner.served().layers()) {
                for (int row = 0; row <= layer.inputs(); row++) {
                    for (int out = layer.outputs(); out < layer.stride(); out++) {
                        assertThat(layer.get(row, out)).isZero();
                    }
                }
            }
        }
    }
}
