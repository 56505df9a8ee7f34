package dev.inkstream.app.monitor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// What `docs/metrics.md` promises, and what a scrape shows, in the same terms.
public record MetricsTable(Map<String, Row> rows) {
    private static final Set<String> ALL_ROLES = Set.of("classifier", "trainer", "evaluator", "labeler");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `(inkstream_\\w+)` \\| (\\w+) \\| ([^|]*)\\| ([^|]*) \\| ([^|]+) \\|$");
    private static final Pattern LABEL = Pattern.compile("`(\\w+)`(?: \\([^)]*\\))?");
    private static final Pattern HEAD = Pattern.compile("(?m)^# HELP (\\w+) (.*)\\n# TYPE \\1 (\\w+)$");
    private static final Pattern SAMPLE = Pattern.compile("(?m)^(\\w+?)(_bucket|_count|_sum)?\\{([^}]*)} \\S+$");
    private static final Pattern PAIR = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    /// @param labels without `role` and a histogram's `le`
    public record Row(String type, Set<String> labels, Set<String> roles, String meaning) {}

    public static MetricsTable documented() throws IOException {
        Map<String, Row> rows = new TreeMap<>();
        for (MatchResult row : ROW.matcher(Files.readString(Path.of("docs", "metrics.md")))
                .results()
                .toList()) {
            Set<String> labels = new TreeSet<>();
            LABEL.matcher(row.group(3)).results().forEach(label -> labels.add(label.group(1)));
            Set<String> roles =
                    row.group(4).equals("all") ? ALL_ROLES : Set.of(row.group(4).split(", "));
            rows.put(row.group(1), new Row(row.group(2), labels, new TreeSet<>(roles), row.group(5)));
        }
        return new MetricsTable(rows);
    }

    public static MetricsTable exposed(String scrape) {
        Map<String, Row> rows = new TreeMap<>();
        HEAD.matcher(scrape)
                .results()
                .forEach(head -> rows.put(
                        head.group(1), new Row(head.group(3), new TreeSet<>(), new TreeSet<>(), head.group(2))));
        SAMPLE.matcher(scrape).results().forEach(sample -> {
            Row row = rows.get(sample.group(1));
            PAIR.matcher(sample.group(3)).results().forEach(pair -> {
                if (pair.group(1).equals("role")) {
                    row.roles().add(pair.group(2));
                } else if (!pair.group(1).equals("le")) {
                    row.labels().add(pair.group(1));
                }
            });
        });
        return new MetricsTable(rows);
    }

    /// How many series a scrape has.
    public static long series(String scrape) {
        return scrape.lines().filter(line -> !line.startsWith("#")).count();
    }
}
