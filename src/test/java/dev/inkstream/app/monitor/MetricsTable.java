package dev.inkstream.app.monitor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What `docs/metrics.md` promises, and what a scrape shows, in the same terms.
public record MetricsTable(Map<String, Row> rows) {
    private static final Set<String> ALL_ROLES = Set.of("classifier", "trainer", "evaluator", "labeler");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `(inkstream_\\w+)` \\| (\\w+) \\| ([^|]*)\\| ([^|]*) \\| ([^|]+) \\|$");
    private static final Pattern LABEL = Pattern.compile("`(\\w+)`(?: \\(([^)]*)\\))?");
    private static final Pattern ROLE = Pattern.compile("\\brole=\"(\\w+)\"");
    private static final Pattern VALUE = Pattern.compile("`([^`]+)`");
    private static final Pattern HEAD = Pattern.compile("(?m)^# HELP (\\w+) (.*)\\n# TYPE \\1 (\\w+)$");
    private static final Pattern SAMPLE = Pattern.compile("(?m)^(\\w+?)(_bucket|_count|_sum)?\\{([^}]*)} \\S+$");
    private static final Pattern PAIR = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    /// @param labels the values of each, without `role`, `model` and a histogram's `le`; none where the document leaves
    ///     it open
    public record Row(String type, Map<String, Set<String>> labels, Set<String> roles, String meaning) {
        /// With the values left open that the other leaves open.
        private Row openedAs(Row other) {
            Map<String, Set<String>> opened = new TreeMap<>(labels);
            opened.replaceAll((label, values) -> Set.of().equals(other.labels().get(label)) ? Set.of() : values);
            return new Row(type, opened, roles, meaning);
        }
    }

    public static MetricsTable documented() throws IOException {
        Map<String, Row> rows = new TreeMap<>();
        for (MatchResult row : ROW.matcher(Files.readString(Path.of("docs", "metrics.md")))
                .results()
                .toList()) {
            Map<String, Set<String>> labels = new TreeMap<>();
            LABEL.matcher(row.group(3)).results().forEach(label -> labels.put(label.group(1), values(label.group(2))));
            Set<String> roles =
                    row.group(4).equals("all") ? ALL_ROLES : Set.of(row.group(4).split(", "));
            rows.put(row.group(1), new Row(row.group(2), labels, new TreeSet<>(roles), row.group(5)));
        }
        return new MetricsTable(rows);
    }

    private static Set<String> values(@Nullable String list) {
        Set<String> values = new TreeSet<>();
        if (list != null) {
            VALUE.matcher(list).results().forEach(value -> values.add(value.group(1)));
        }
        return values;
    }

    /// The same with the values of a label left open where the document leaves them open.
    public MetricsTable openedAs(MetricsTable document) {
        Map<String, Row> opened = new TreeMap<>(rows);
        opened.replaceAll((name, row) ->
                document.rows().containsKey(name) ? row.openedAs(document.rows().get(name)) : row);
        return new MetricsTable(opened);
    }

    public static MetricsTable exposed(String scrape) {
        Map<String, Row> rows = new TreeMap<>();
        HEAD.matcher(scrape)
                .results()
                .forEach(head -> rows.put(
                        head.group(1), new Row(head.group(3), new TreeMap<>(), new TreeSet<>(), head.group(2))));
        SAMPLE.matcher(scrape).results().forEach(sample -> {
            Row row = rows.get(sample.group(1));
            PAIR.matcher(sample.group(3)).results().forEach(pair -> {
                if (pair.group(1).equals("role")) {
                    row.roles().add(pair.group(2));
                } else if (!Set.of("le", "model").contains(pair.group(1))) {
                    row.labels()
                            .computeIfAbsent(pair.group(1), any -> new TreeSet<>())
                            .add(pair.group(2));
                }
            });
        });
        return new MetricsTable(rows);
    }

    /// How many series of a scrape each role has.
    public static Map<String, Long> seriesByRole(String scrape) {
        return scrape.lines()
                .filter(line -> !line.startsWith("#"))
                .map(ROLE::matcher)
                .filter(Matcher::find)
                .collect(Collectors.groupingBy(role -> role.group(1), TreeMap::new, Collectors.counting()));
    }

    /// How many series a scrape has.
    public static long series(String scrape) {
        return scrape.lines().filter(line -> !line.startsWith("#")).count();
    }
}
