package dev.inkstream.app.bench;

import static dev.inkstream.app.bench.Windows.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RatioTest {
    @Test
    void aRatioIsTheMedianOfThePairsOfEachRound() {
        List<Ratio> ratios = Ratio.of(List.of(
                run(Workload.PASS_THROUGH, 1, 1, 100),
                run(Workload.CLASSIFIER, 1, 1, 50),
                run(Workload.PASS_THROUGH, 1, 2, 200),
                run(Workload.CLASSIFIER, 1, 2, 160),
                run(Workload.PASS_THROUGH, 1, 3, 100),
                run(Workload.CLASSIFIER, 1, 3, 60)));

        assertThat(ratios)
                .containsExactly(new Ratio(Workload.CLASSIFIER, Workload.PASS_THROUGH, 1, List.of(0.5, 0.8, 0.6)));
        assertThat(ratios.getFirst().median()).isEqualTo(0.6);
    }

    @Test
    void runsWithAsManyThreadsAreCompared() {
        List<Ratio> ratios = Ratio.of(List.of(
                run(Workload.DECODE, 1, 1, 100),
                run(Workload.TRAINER, 1, 1, 10),
                run(Workload.DECODE, 2, 1, 100),
                run(Workload.TRAINER, 2, 1, 20)));

        assertThat(ratios)
                .containsExactly(
                        new Ratio(Workload.TRAINER, Workload.DECODE, 1, List.of(0.1)),
                        new Ratio(Workload.TRAINER, Workload.DECODE, 2, List.of(0.2)));
    }

    @Test
    void aWorkloadWithoutItsReferenceHasNoRatio() {
        assertThat(Ratio.of(List.of(run(Workload.TRAINER, 1, 1, 10), run(Workload.LABELER, 1, 1, 10))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "3 1, 2", "3 1 2, 2", "4 1 3 2, 2.5"})
    void theMedianIsInTheMiddle(String values, double median) {
        assertThat(Median.of(
                        List.of(values.split(" ")).stream().map(Double::valueOf).toList()))
                .isEqualTo(median);
    }
}
