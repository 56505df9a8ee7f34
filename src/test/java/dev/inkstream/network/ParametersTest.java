package dev.inkstream.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ParametersTest {
    private static final NetworkShape SHAPE = NetworkShape.of(2, 3, 1);

    @Test
    void bytesAreWeightsInputMajorThenBiasesLayerByLayer() {
        Parameters parameters = Parameters.fromBytes(SHAPE, bytes(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12));
        assertThat(parameters.weight(0, 0, 2)).isEqualTo(2);
        assertThat(parameters.weight(0, 1, 0)).isEqualTo(3);
        assertThat(parameters.bias(0, 1)).isEqualTo(7);
        assertThat(parameters.weight(1, 2, 0)).isEqualTo(11);
        assertThat(parameters.bias(1, 0)).isEqualTo(12);
    }

    @Property(tries = 200)
    void bytesComeBackAsTheyWere(
            @ForAll @Size(min = 2, max = 5) List<@IntRange(min = 1, max = 40) Integer> sizes, @ForAll long seed) {
        NetworkShape shape = new NetworkShape(sizes);
        Parameters parameters = Fixtures.parameters(shape, seed);
        byte[] bytes = parameters.toBytes();
        assertThat(bytes).hasSize(shape.parameterCount() * 4);
        Parameters back = Parameters.fromBytes(shape, bytes);
        assertThat(back).isEqualTo(parameters).hasSameHashCodeAs(parameters);
        assertThat(back.toBytes()).isEqualTo(bytes);
    }

    @Test
    void differsByAnyValueAndByShape() {
        Parameters zeros = Parameters.fromBytes(SHAPE, new byte[13 * 4]);
        for (int i = 0; i < 13; i++) {
            float[] values = new float[13];
            values[i] = Float.MIN_VALUE;
            assertThat(Parameters.fromBytes(SHAPE, bytes(values))).isNotEqualTo(zeros);
        }
        assertThat(Parameters.fromBytes(NetworkShape.of(12, 1), new byte[13 * 4]))
                .isNotEqualTo(zeros);
    }

    @Test
    void doesNotChangeWithTheBytesItWasReadFrom() {
        byte[] bytes = new byte[13 * 4];
        Parameters parameters = Parameters.fromBytes(SHAPE, bytes);
        bytes[3] = 1;
        parameters.toBytes()[3] = 1;
        assertThat(parameters).isEqualTo(Parameters.fromBytes(SHAPE, new byte[13 * 4]));
    }

    @Test
    void refusesAWrongLength() {
        for (int length : new int[] {0, 51, 53, 104}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Parameters.fromBytes(SHAPE, new byte[length]))
                    .withMessage("parameters have " + length + " bytes; it must have 52 for the shape 2,3,1");
        }
    }

    @Test
    void refusesWhatIsNotFinite() {
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            float[] values = new float[13];
            values[4] = bad;
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Parameters.fromBytes(SHAPE, bytes(values)))
                    .withMessage("the weight of layer 0 from input 1 to output 1 is " + bad + "; it must be finite");
            values[4] = 0;
            values[12] = bad;
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Parameters.fromBytes(SHAPE, bytes(values)))
                    .withMessage("the bias of layer 1 of output 0 is " + bad + "; it must be finite");
        }
    }

    @Test
    void refusesToFreezeWhatHasDiverged() {
        Layer[] layers = Fixtures.layers(SHAPE, 1);
        layers[1].set(0, 0, Float.NaN);
        assertThatExceptionOfType(DivergedException.class)
                .isThrownBy(() -> Parameters.copyOf(SHAPE, layers))
                .withMessage("a parameter is no longer finite, and no later example can repair it");
    }

    private static byte[] bytes(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return bytes.array();
    }
}
