package dev.inkstream.app.bench;

import static dev.inkstream.app.bench.Windows.run;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.inkstream.app.console.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class PipelineReportTest {
    private static final PipelineReport REPORT = new PipelineReport(
            "shape=784,30,10",
            List.of(
                    run(Workload.PASS_THROUGH, 1, 1, 100_000),
                    run(Workload.CLASSIFIER, 1, 1, 50_000),
                    run(Workload.PASS_THROUGH, 1, 2, 200_000),
                    run(Workload.CLASSIFIER, 1, 2, 140_000)));

    @Test
    void aRowHasTheMediansOfAWorkload() {
        assertThat(REPORT.text()).isEqualTo("""
                WORKLOAD      THREADS  RUNS  IMAGES/S  ROLE CPU S/MILLION  BROKER CPU S/MILLION
                pass-through        1     2   150,000                3.75                  1.88
                classifier          1     2    95,000                6.79                  3.39

                RATIO                      THREADS  PAIRS  MEDIAN  LEAST   MOST
                classifier / pass-through        1      2   0.600  0.500  0.700
                """);
    }

    @Test
    void withoutRatiosThereIsOneTable() {
        String text = new PipelineReport("", List.of(run(Workload.LABELER, 4, 1, 1_000))).text();

        assertThat(text.lines()).hasSize(2);
    }

    @Test
    void theJsonHasEveryRun() throws JsonProcessingException {
        JsonNode json = new ObjectMapper().readTree(Json.document(REPORT.json()));

        assertThat(json.get("network").textValue()).isEqualTo("shape=784,30,10");
        assertThat(json.get("runs")).hasSize(4);
        JsonNode last = json.get("runs").get(3);
        assertThat(last.get("workload").textValue()).isEqualTo("classifier");
        assertThat(last.get("round").intValue()).isEqualTo(2);
        assertThat(last.get("recordsPerSecond").doubleValue()).isEqualTo(140_000);
        assertThat(last.get("roleCpuSeconds").doubleValue()).isEqualTo(0.5);
        assertThat(last.get("brokerCpuSeconds").doubleValue()).isEqualTo(0.25);
        JsonNode ratio = json.get("ratios").get(0);
        assertThat(ratio.get("to").textValue()).isEqualTo("pass-through");
        assertThat(ratio.get("median").doubleValue()).isEqualTo(0.6);
        assertThat(ratio.get("pairs")).hasSize(2);
    }
}
