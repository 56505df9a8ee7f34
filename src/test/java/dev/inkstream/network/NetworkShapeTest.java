package dev.inkstream.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NetworkShapeTest {

    @Test
    void knowsItsLayers() {
        NetworkShape shape = NetworkShape.of(784, 30, 10);
        assertThat(shape.inputs()).isEqualTo(784);
        assertThat(shape.outputs()).isEqualTo(10);
        assertThat(shape.layers()).isEqualTo(2);
        assertThat(shape.inputs(1)).isEqualTo(30);
        assertThat(shape.outputs(0)).isEqualTo(30);
        assertThat(shape.parameterCount()).isEqualTo(785 * 30 + 31 * 10);
    }

    @Test
    void parsesWhatItWrites() {
        assertThat(NetworkShape.parse("784,30,10")).hasToString("784,30,10").isEqualTo(NetworkShape.of(784, 30, 10));
        assertThat(NetworkShape.parse(" 4 , 2 ")).isEqualTo(NetworkShape.of(4, 2));
    }

    @Test
    void refusesTextThatIsNoShape() {
        for (String text : new String[] {"", "784;10", "784,,10", "784,10,", "784,ten"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> NetworkShape.parse(text))
                    .withMessage("network shape is '" + text + "'; it must be layer sizes such as 784,30,10");
        }
    }

    @Test
    void refusesFewerThanTwoOrMoreThanAHundredLayers() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NetworkShape.of(784))
                .withMessage("sizes has 1 layers; it must have 2 to 100");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        NetworkShape.of(IntStream.generate(() -> 1).limit(101).toArray()))
                .withMessage("sizes has 101 layers; it must have 2 to 100");
    }

    @Test
    void countsThePaddingOfEachRow() {
        assertThat(NetworkShape.of(6, 17, 1).paddedCount()).isEqualTo(7 * 32 + 18 * 16);
        assertThat(NetworkShape.of(1023, 1024).paddedCount()).isEqualTo(1024 * 1024);
    }

    @Test
    void refusesSizesOutOfRange() {
        for (int size : new int[] {0, -1, 65_537}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> NetworkShape.of(784, size))
                    .withMessage("layer size is " + size + "; it must be in 1..65536");
        }
        assertThat(NetworkShape.of(65_536, 1).parameterCount()).isEqualTo(65_537);
    }

    @Test
    void refusesTooManyParameters() {
        assertThat(NetworkShape.of(65_535, 1024).parameterCount()).isEqualTo(64 << 20);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NetworkShape.of(65_536, 1024))
                .withMessage("parameter count is 67109888; it must be in 1..67108864");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NetworkShape.of(
                        IntStream.generate(() -> 65_536).limit(100).toArray()))
                .withMessageStartingWith("parameter count is 425");
    }
}
