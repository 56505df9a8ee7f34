package dev.inkstream.app.bench;

import static dev.inkstream.app.bench.Windows.run;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CpuRatioTest {
    /// Of a million records each.
    private static final List<Measured> RUNS = List.of(
            cpu(Workload.CLASSIFIER, 4, 1, 6, 2),
            cpu(Workload.CLASSIFIER, 4, 2, 9, 3),
            cpu(Workload.CLASSIFIER, 2, 1, 3, 1),
            cpu(Workload.CLASSIFIER, 2, 2, 7, 1),
            cpu(Workload.LABELER, 2, 1, 1, 1));

    @Test
    void moreThreadsAreComparedWithTheFewestOfTheSameRound() {
        assertThat(CpuRatio.of(RUNS))
                .containsExactly(new CpuRatio(Workload.CLASSIFIER, 4, 2, List.of(8 / 4.0, 12 / 8.0)));
    }

    @Test
    void theReportHasARowForEach() {
        PipelineReport report = new PipelineReport("", RUNS);

        assertThat(report.text()).endsWith("""

                RATIO                                  THREADS  PAIRS  MEDIAN  LEAST   MOST
                classifier CPU, 4 threads / 2 threads        4      2   1.750  1.500  2.000
                """);
        ObjectNode json = report.json();
        assertThat(json.at("/cpuRatios")).hasSize(1);
        assertThat(json.at("/cpuRatios/0/workload").textValue()).isEqualTo("classifier");
        assertThat(json.at("/cpuRatios/0/threads").intValue()).isEqualTo(4);
        assertThat(json.at("/cpuRatios/0/leastThreads").intValue()).isEqualTo(2);
        assertThat(json.at("/cpuRatios/0/median").doubleValue()).isEqualTo(1.75);
        assertThat(json.at("/cpuRatios/0/pairs")).hasToString("[2.0,1.5]");
    }

    @Test
    void oneThreadIsSingular() {
        assertThat(new CpuRatio(Workload.COPY, 8, 1, List.of(1.0)).name()).isEqualTo("copy CPU, 8 threads / 1 thread");
    }

    @Test
    void workloadsOfOneThreadAreNotCompared() {
        assertThat(CpuRatio.of(List.of(
                        run(Workload.TRAINER, 1, 1, 10),
                        run(Workload.TRAINER, 2, 1, 10),
                        run(Workload.DECODE, 1, 1, 10),
                        run(Workload.DECODE, 2, 1, 10))))
                .isEmpty();
    }

    private static Measured cpu(Workload workload, int threads, int round, long role, long broker) {
        return new Measured(
                workload,
                threads,
                round,
                new RateWindow(
                        1_000_000, Duration.ofSeconds(10), Duration.ofSeconds(role), Duration.ofSeconds(broker)));
    }
}
