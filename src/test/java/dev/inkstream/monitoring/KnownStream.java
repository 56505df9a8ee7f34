package dev.inkstream.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Series whose samples are known, and what Prometheus computes of them.
///
/// @param interval from one sample to the next
/// @param series each with its samples, in promtool's notation
record KnownStream(String interval, Map<String, String> series) {

    /// @param at a multiple of 30 s: only then promtool has taken all samples until there
    /// @param values each under its labels; nothing else may come
    void assertValues(Path directory, String expression, String at, Map<String, String> values)
            throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve("test.yml"), """
                evaluation_interval: 30s
                tests:
                  - interval: %s
                    input_series:
                %s
                    promql_expr_test:
                      - expr: '%s'
                        eval_time: %s
                        exp_samples:
                %s
                """.formatted(
                        interval,
                        lines(series, "      - series: '%s'%n        values: '%s'"),
                        expression.replaceAll("\\s+", " "),
                        at,
                        lines(values, "          - labels: '%s'%n            value: %s")));
        Process process = new ProcessBuilder(List.of("promtool", "test", "rules", file.toString()))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
    }

    private static String lines(Map<String, String> entries, String format) {
        return new TreeMap<>(entries)
                .entrySet().stream()
                        .map(entry -> format.formatted(entry.getKey(), entry.getValue()))
                        .collect(Collectors.joining("\n"));
    }
}
