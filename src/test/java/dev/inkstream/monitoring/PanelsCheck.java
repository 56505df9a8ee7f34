package dev.inkstream.monitoring;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Whether every expression of the dashboards and alert rules returns data in a Prometheus that scrapes Inkstream.
final class PanelsCheck {
    private static final Duration DEADLINE = Duration.ofSeconds(120);

    private final PrometheusProcess prometheus;

    PanelsCheck(PrometheusProcess prometheus) {
        this.prometheus = prometheus;
    }

    /// Scrapes the page given and asks until every expression has returned data, two minutes at most.
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length != 1) {
            System.err.println("Usage: PanelsCheck http://127.0.0.1:9400/metrics");
            System.exit(2);
        }
        Path directory = Files.createTempDirectory("inkstream-panels-");
        Map<String, String> missing;
        try (PrometheusProcess prometheus = PrometheusProcess.start(directory, URI.create(args[0]))) {
            missing = new PanelsCheck(prometheus).missing(DEADLINE);
        } finally {
            delete(directory);
        }
        missing.forEach((where, reason) -> System.err.println(where + ": " + reason));
        System.out.printf(
                "%d expressions, of which %d returned data%n",
                expressions().size(), expressions().size() - missing.size());
        System.exit(missing.isEmpty() ? 0 : 1);
    }

    /// Every expression, ready to be sent.
    static List<Query> expressions() {
        List<Query> queries = new ArrayList<>();
        for (Dashboard dashboard : Dashboard.all()) {
            dashboard.panels().forEach(panel -> queries.addAll(panel.queries()));
            queries.addAll(dashboard.variables());
            dashboard.annotations().stream().map(Query::withoutComparisons).forEach(queries::add);
        }
        AlertRule.all().stream()
                .map(AlertRule::query)
                .map(Query::withoutComparisons)
                .forEach(queries::add);
        return queries.stream().map(Query::filledIn).toList();
    }

    /// The expressions that returned no data all the while, each with the reason. An expression is asked until it has
    /// returned data once.
    Map<String, String> missing(Duration deadline) throws IOException, InterruptedException {
        List<Query> open = new ArrayList<>(expressions());
        Map<String, String> reasons = new TreeMap<>();
        long started = System.nanoTime();
        while (true) {
            for (Iterator<Query> queries = open.iterator(); queries.hasNext(); ) {
                Query query = queries.next();
                try {
                    if (!prometheus.values(query.expression()).isEmpty()) {
                        queries.remove();
                    }
                } catch (IllegalArgumentException e) {
                    reasons.put(query.where(), e.getMessage() + ": " + query.expression());
                    queries.remove();
                }
            }
            if (open.isEmpty() || System.nanoTime() - started > deadline.toNanos()) {
                break;
            }
            Thread.sleep(500);
        }
        open.forEach(query -> reasons.put(query.where(), "no data: " + query.expression()));
        return reasons;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.delete(file);
            }
        }
    }
}
