package dev.inkstream.monitoring;

import java.util.regex.Pattern;

/// A PromQL expression of a dashboard or an alert rule.
///
/// @param where names it to a person
record Query(String where, String expression) {
    private static final Pattern COMPARISON = Pattern.compile("\\s(==|!=|<=|>=|<|>)\\s+-?[0-9.]+");
    private static final Pattern OFFSET = Pattern.compile("offset [0-9]+[mh]");

    /// What Grafana would send, for a Prometheus that has scraped every second for some ten seconds.
    Query filledIn() {
        return new Query(
                        where,
                        expression
                                .replace("$__rate_interval", "10s")
                                .replace("$__interval", "10s")
                                .replace("$window", "30s")
                                .replace("$ago", "3s"))
                .ofEverySeries();
    }

    /// With every job, instance and model chosen.
    Query ofEverySeries() {
        return new Query(
                where,
                expression.replace("$job", ".+").replace("$instance", ".+").replace("$model", ".*"));
    }

    /// What an alert or an annotation looks at, without the comparisons that say when to report it, and looking back
    /// three seconds where it would minutes or hours.
    Query withoutComparisons() {
        String bare = COMPARISON.matcher(expression).replaceAll("");
        return new Query(where, OFFSET.matcher(bare).replaceAll("offset 3s"));
    }
}
