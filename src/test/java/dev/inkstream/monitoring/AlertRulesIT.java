package dev.inkstream.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The alert rules, and Prometheus' own opinion of them.
@Timeout(600)
class AlertRulesIT {
    static final List<AlertRule> RULES = AlertRule.all();

    @Test
    void everyRuleIsRead() throws IOException {
        assertThat(RULES)
                .hasSize((int) Files.readString(AlertRule.FILE)
                        .lines()
                        .filter(line -> line.contains("alert:"))
                        .count())
                .extracting(AlertRule::name)
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @FieldSource("RULES")
    void itSaysHowUrgentItIsAndWhatToDo(AlertRule rule) {
        assertThat(rule.name()).startsWith("Inkstream");
        assertThat(rule.fields()).containsOnlyKeys("for", "severity", "summary", "description");
        assertThat(rule.fields().get("for")).matches("\\d+m");
        assertThat(rule.fields().get("severity")).isIn("critical", "warning", "info");
        assertThat(rule.fields().get("summary")).doesNotEndWith(".");
        assertThat(rule.fields().get("description")).hasSizeGreaterThan(80).endsWith(".");
    }

    @ParameterizedTest
    @FieldSource("RULES")
    void aTestHasItFireAndStaySilent(AlertRule rule) throws IOException {
        String tests = Files.readString(Path.of("prometheus/alerts.test.yml"));
        String evaluation = "alertname: " + rule.name() + "\n        eval_time: \\w+\n        exp_alerts:";

        assertThat(tests).containsPattern(evaluation + "\n").containsPattern(evaluation + " \\[]");
    }

    @Test
    void theDocumentListsThem() throws IOException {
        List<String> rows = new ArrayList<>();
        for (AlertRule rule : RULES) {
            rows.add("| `%s` | %s | %s |"
                    .formatted(
                            rule.name(),
                            rule.fields().get("severity"),
                            rule.fields().get("for")));
        }

        assertThat(Files.readAllLines(Path.of("docs/monitoring.md")).stream()
                        .filter(line -> line.startsWith("| `Inkstream"))
                        .map(line -> line.substring(0, line.lastIndexOf('|', line.length() - 2) + 1)))
                .containsExactlyElementsOf(rows);
    }

    /// A looked-up target vanishes with its container, and [#RULES] that wait for it to be down stay silent.
    @Test
    void everyRoleThatComposeStartsIsAFixedTarget() throws IOException {
        String compose = Files.readString(Path.of("docker-compose.yml"));
        String prometheus = Files.readString(Path.of("prometheus/prometheus.yml"));
        List<String> targets = found("([\\w-]+):9400", prometheus);

        assertThat(targets)
                .containsExactlyInAnyOrderElementsOf(found("(?m)^ {2}([\\w-]+):\\n {4}<<: \\*role$", compose));
        assertThat(prometheus).doesNotContain("_sd_configs");
    }

    private static List<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "check config prometheus/prometheus.yml",
                "check rules prometheus/alerts.yml",
                "test rules prometheus/alerts.test.yml"
            })
    void promtoolAccepts(String command) throws Exception {
        List<String> line = new ArrayList<>(List.of(DebianTools.need("promtool").toString()));
        line.addAll(List.of(command.split(" ")));
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).contains("SUCCESS");
    }
}
