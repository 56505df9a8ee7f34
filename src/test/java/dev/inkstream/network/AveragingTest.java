package dev.inkstream.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AveragingTest {
    private static final NetworkShape SHAPE = NetworkShape.of(1, 1);

    private final Layer[] parameters = Layer.zeros(SHAPE);

    @Test
    void startsFromTheParametersAndMovesTowardsThem() {
        parameters[0].set(0, 0, 2f);
        Averaging averaging = new Averaging(0.9f, parameters, Fixtures.SCALAR);
        assertThat(average(averaging)).isEqualTo(2f);
        parameters[0].set(0, 0, 13f);
        averaging.update(1);
        assertThat(average(averaging)).isEqualTo(2f + 11f * 10 / 11, within(1e-5f));
        parameters[0].set(0, 0, 0f);
        averaging.update(1_000_000);
        assertThat(average(averaging)).isEqualTo(12f * 0.9f, within(1e-5f));
    }

    @Test
    void looksBackOverAShareOfTheFirstStepsAndThenNoFurther() {
        Averaging averaging = new Averaging(0.99f, parameters, Fixtures.SCALAR);
        for (int step = 1; step <= 5_000; step++) {
            parameters[0].set(0, 0, step);
            averaging.update(step);
            float lag = step - average(averaging);
            assertThat(lag).isBetween(0f, Math.min(step / 10f, 99.5f));
        }
        assertThat(5_000 - average(averaging)).isEqualTo(99f, within(0.5f));
    }

    @Test
    void withoutDecayServesTheParametersThemselves() {
        Averaging averaging = new Averaging(0f, parameters, Fixtures.SCALAR);
        parameters[0].set(0, 0, 3f);
        averaging.update(1);
        assertThat(averaging.served()).isSameAs(parameters);
        assertThat(averaging.memory()).isEmpty();
    }

    private static float average(Averaging averaging) {
        return averaging.served()[0].get(0, 0);
    }
}
