package dev.inkstream.monitoring;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Whether every expression of the dashboards and alert rules returns data in a Prometheus that scrapes Inkstream.
final class PanelsCheck {
    private final PrometheusApi prometheus;

    PanelsCheck(PrometheusApi prometheus) {
        this.prometheus = prometheus;
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

    /// Those of the queries that returned no data all the while, each with the reason. A query is asked until it has
    /// returned data once.
    Map<String, String> missing(List<Query> queries, Duration deadline) throws IOException, InterruptedException {
        Map<String, String> reasons = new TreeMap<>();
        long started = System.nanoTime();
        List<Query> open = unanswered(queries, reasons);
        while (!open.isEmpty() && System.nanoTime() - started < deadline.toNanos()) {
            Thread.sleep(500);
            open = unanswered(open, reasons);
        }
        open.forEach(query -> reasons.put(query.where(), "no data: " + query.expression()));
        return reasons;
    }

    /// @param refused takes those that are no PromQL
    private List<Query> unanswered(List<Query> queries, Map<String, String> refused)
            throws IOException, InterruptedException {
        List<Query> unanswered = new ArrayList<>();
        for (Query query : queries) {
            try {
                if (prometheus.values(query.expression()).isEmpty()) {
                    unanswered.add(query);
                }
            } catch (IllegalArgumentException e) {
                refused.put(query.where(), e.getMessage() + ": " + query.expression());
            }
        }
        return unanswered;
    }
}
