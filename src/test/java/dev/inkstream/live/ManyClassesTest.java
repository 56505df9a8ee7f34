package dev.inkstream.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is counted for each class, or pair of classes: all of it, or none.
class ManyClassesTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @ParameterizedTest
    @CsvSource({"2, 4", "16, 256", "17, 0", "26, 0", "500, 0"})
    void theConfusionIsWholeOrNotThere(int classes, int series) {
        LiveMeters live = new LiveMeters(meters, classes);
        assertThat(count("inkstream.live.confusion")).isEqualTo(series);
        live.outcome(Counted.outcome(0, 1, classes - 1, classes - 2, Shadow.NONE));
        live.outcome(Counted.outcome(0, 1, classes - 1, classes - 1, Shadow.NONE));
        assertThat(total("inkstream.live.confusion")).isEqualTo(series == 0 ? 0 : 2);
        assertThat(total("inkstream.live.outcomes")).isEqualTo(2);
    }

    private int count(String name) {
        return meters.find(name).counters().size();
    }

    private double total(String name) {
        return meters.find(name).counters().stream().mapToDouble(Counter::count).sum();
    }
}
