package dev.inkstream.monitoring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A row of the table in `docs/metrics.md`.
///
/// @param labels the values of each label, in their order; none where they are open
/// @param roles those that serve it
record DocumentedMetric(String name, String type, Map<String, List<String>> labels, List<String> roles) {
    private static final List<String> ROLES = List.of("classifier", "trainer", "evaluator", "labeler");
    private static final Pattern ROW =
            Pattern.compile("\\| `(inkstream_\\w+)` \\| (\\w+) \\| ([^|]*)\\| ([^|]*) \\|.*");
    private static final Pattern LABEL = Pattern.compile("`(\\w+)`(?: \\(([^)]*)\\))?");
    private static final Pattern VALUE = Pattern.compile("`([^`]+)`");

    static Map<String, DocumentedMetric> all() {
        try (Stream<String> lines = Files.lines(Path.of("docs/metrics.md"))) {
            return lines.map(ROW::matcher)
                    .filter(Matcher::matches)
                    .map(row ->
                            new DocumentedMetric(row.group(1), row.group(2), labels(row.group(3)), roles(row.group(4))))
                    .collect(Collectors.toMap(DocumentedMetric::name, metric -> metric));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, List<String>> labels(String cell) {
        Map<String, List<String>> labels = new LinkedHashMap<>();
        LABEL.matcher(cell).results().forEach(label -> {
            String values = label.group(2) == null ? "" : label.group(2);
            labels.put(
                    label.group(1),
                    VALUE.matcher(values).results().map(value -> value.group(1)).toList());
        });
        return labels;
    }

    private static List<String> roles(String cell) {
        return cell.equals("all") ? ROLES : List.of(cell.split(", "));
    }

    boolean isCounter() {
        return "counter".equals(type);
    }

    boolean isHistogram() {
        return "histogram".equals(type);
    }
}
