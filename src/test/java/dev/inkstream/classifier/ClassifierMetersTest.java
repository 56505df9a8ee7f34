package dev.inkstream.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is counted for each class: all of it, or none.
class ClassifierMetersTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @ParameterizedTest
    @CsvSource({"26, 26", "256, 256", "257, 0", "500, 0"})
    void predictionsAreCountedForEachClassOrForNone(int classes, int series) {
        ClassifierMeters classifier = new ClassifierMeters(meters, classes);
        assertThat(count("inkstream.predictions")).isEqualTo(series);
        classifier.predicted(classes - 1, 0, 0, 0);
        assertThat(total("inkstream.predictions")).isEqualTo(series == 0 ? 0 : 1);
        assertThat(meters.get("inkstream.classification.latency").timers().stream()
                        .mapToLong(Timer::count)
                        .max())
                .as("counts them all")
                .hasValue(1);
    }

    private int count(String name) {
        return meters.find(name).counters().size();
    }

    private double total(String name) {
        return meters.find(name).counters().stream().mapToDouble(Counter::count).sum();
    }
}
