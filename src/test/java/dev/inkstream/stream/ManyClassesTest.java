package dev.inkstream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
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
        live.outcome(classes - 1, classes - 2);
        live.outcome(classes - 1, classes - 1);
        assertThat(total("inkstream.live.confusion")).isEqualTo(series == 0 ? 0 : 2);
        assertThat(total("inkstream.live.outcomes")).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"26, 26", "256, 256", "257, 0", "500, 0"})
    void soArePredictions(int classes, int series) {
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

    @Test
    void theEvaluatorOfSixteenClassesHasFewerThanFiveHundredSeries() {
        EvaluatorTopology.Settings settings = new EvaluatorTopology.Settings(
                Samples.TOPICS,
                Samples.MODEL,
                new ImageFormat(3, 2, LiveMeters.MAX_CONFUSED),
                PromotionPolicy.always());
        var _ = new EvaluatorTopology(settings, Samples.REGISTRY, meters).get();
        // The client's own are fewer than 50.
        assertThat(meters.getMeters()).hasSizeBetween(256, 450);
    }

    private int count(String name) {
        return meters.find(name).counters().size();
    }

    private double total(String name) {
        return meters.find(name).counters().stream().mapToDouble(Counter::count).sum();
    }
}
