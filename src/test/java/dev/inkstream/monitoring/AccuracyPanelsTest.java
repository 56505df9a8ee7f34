package dev.inkstream.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What the first screen of *Accuracy* says of a known stream, as Prometheus computes it.
@Timeout(60)
class AccuracyPanelsTest {
    /// In the second hour, of four images of 0 three are recognised, of 1 all, of 2 none; in the first hour all were.
    /// Cells that never happened have no series.
    private static final Map<String, String> SERIES = new TreeMap<>(Map.of(
            "inkstream_live_outcomes_total{outcome=\"correct\"", "0+12x60 720+7x60",
            "inkstream_live_outcomes_total{outcome=\"wrong\"", "0x60 0+5x60",
            "inkstream_live_confusion_total{label=\"0\", prediction=\"0\"", "0+4x60 240+3x60",
            "inkstream_live_confusion_total{label=\"0\", prediction=\"2\"", "0x60 0+1x60",
            "inkstream_live_confusion_total{label=\"1\", prediction=\"1\"", "0+4x60 240+4x60",
            "inkstream_live_confusion_total{label=\"2\", prediction=\"1\"", "0x60 0+4x60"));

    @BeforeEach
    void needPromtool() {
        DebianTools.need("promtool");
    }

    @Test
    void theStreamIsAsDescribed(@TempDir Path directory) throws Exception {
        assertValues(directory, "sum(increase(inkstream_live_outcomes_total[5m]))", Map.of("{}", "60"));
    }

    @Test
    void worstDigitIsTheOneThatIsNeverRecognised(@TempDir Path directory) throws Exception {
        assertValues(directory, expression("Worst digit"), Map.of("{label=\"2\"}", "0"));
    }

    @Test
    void everyDigitHasItsShareAlsoIfItIsNothing(@TempDir Path directory) throws Exception {
        assertValues(
                directory,
                expression("Recognised, by digit"),
                Map.of("{label=\"0\"}", "0.75", "{label=\"1\"}", "1", "{label=\"2\"}", "0"));
    }

    @Test
    void theConfusionHasShareOfErrorsBesideTheDiagonalAndTwoMoreOnIt(@TempDir Path directory) throws Exception {
        assertValues(
                directory,
                expression("Confusion: what each digit is taken for"),
                Map.of(
                        "{label=\"0\", prediction=\"0\"}", "2.75",
                        "{label=\"0\", prediction=\"2\"}", "0.25",
                        "{label=\"1\", prediction=\"1\"}", "3",
                        "{label=\"2\", prediction=\"1\"}", "1",
                        "{label=\"2\", prediction=\"2\"}", "2"));
    }

    @Test
    void nowAndAnHourAgo(@TempDir Path directory) throws Exception {
        assertValues(directory, "round(12 * (" + expression("Now") + "))", Map.of("{}", "7"));
        assertValues(
                directory,
                "round(12 * (" + expression("Against ${ago:text} ago, in points") + "))",
                Map.of("{}", "-5"));
    }

    private static String expression(String title) {
        return Dashboard.all().stream()
                .flatMap(dashboard -> dashboard.panels().stream())
                .filter(panel -> panel.text("/title").equals(title))
                .map(panel -> panel.queries().getFirst().expression())
                .findFirst()
                .orElseThrow()
                .replace("$window", "5m")
                .replace("$ago", "1h")
                .replace("$job", ".+")
                .replace("$instance", ".+");
    }

    /// @param values each under its labels
    private static void assertValues(Path directory, String expression, Map<String, String> values) throws Exception {
        Path file = Files.writeString(directory.resolve("test.yml"), """
                evaluation_interval: 1m
                tests:
                  - interval: 1m
                    input_series:
                %s
                    promql_expr_test:
                      - expr: '%s'
                        eval_time: 100m
                        exp_samples:
                %s
                """.formatted(
                lines(SERIES, "      - series: '%s, job=\"evaluator\", instance=\"e:9400\"}'%n        values: '%s'"),
                expression.replaceAll("\\s+", " "),
                lines(new TreeMap<>(values), "          - labels: '%s'%n            value: %s")));
        Process process = new ProcessBuilder(List.of("promtool", "test", "rules", file.toString()))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
    }

    private static String lines(Map<String, String> entries, String format) {
        return entries.entrySet().stream()
                .map(entry -> format.formatted(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining("\n"));
    }
}
