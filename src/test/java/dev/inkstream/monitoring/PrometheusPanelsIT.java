package dev.inkstream.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Every panel and alert against a real Prometheus. What it scrapes is made up of `docs/metrics.md`; `.ci/dashboards`
/// gives it a running demo instead, `.ci/compose` the Prometheus that it has started.
@Timeout(600)
class PrometheusPanelsIT {
    /// A Prometheus to ask instead of one that is started here.
    private static final String RUNNING = "inkstream.prometheus.url";
    /// The page to scrape instead of a made-up one.
    private static final String URL = "inkstream.metrics.url";
    /// Metrics that this page lacks for a reason, with blanks between: expressions about them are not asked.
    private static final String WITHOUT = "inkstream.metrics.without";

    private static final Duration MADE_UP = Duration.ofSeconds(30);
    private static final Duration REAL = Duration.ofMinutes(2);
    private static final URI NOTHING = URI.create("http://127.0.0.1:1/metrics");

    @Test
    void everyExpressionReturnsData(@TempDir Path directory) throws Exception {
        String running = System.getProperty(RUNNING);
        if (running != null) {
            try (PrometheusApi prometheus = new PrometheusApi(URI.create(running))) {
                assertThat(new PanelsCheck(prometheus).missing(servedThere(), REAL))
                        .isEmpty();
            }
            return;
        }
        DebianTools.need("prometheus");
        String real = System.getProperty(URL);
        if (real != null) {
            try (PrometheusProcess prometheus = PrometheusProcess.start(directory, URI.create(real))) {
                assertThat(new PanelsCheck(prometheus.api()).missing(servedThere(), REAL))
                        .isEmpty();
            }
            return;
        }
        try (GeneratedMetrics metrics = new GeneratedMetrics();
                PrometheusProcess prometheus = PrometheusProcess.start(directory, metrics.uri())) {
            assertThat(new PanelsCheck(prometheus.api()).missing(PanelsCheck.expressions(), MADE_UP))
                    .isEmpty();
        }
    }

    @Test
    void withoutATargetEveryExpressionIsFoundMissing(@TempDir Path directory) throws Exception {
        DebianTools.need("prometheus");
        List<Query> expressions = PanelsCheck.expressions().stream()
                .filter(query -> !query.where().equals("alert InkstreamTargetDown")) // `up` is there for a dead target
                .toList();

        try (PrometheusProcess prometheus = PrometheusProcess.start(directory, NOTHING)) {
            assertThat(new PanelsCheck(prometheus.api()).missing(expressions, Duration.ZERO))
                    .containsOnlyKeys(expressions.stream().map(Query::where).toList());
        }
    }

    @Test
    void whatIsNoPromqlIsRefusedWithTheReason(@TempDir Path directory) throws Exception {
        DebianTools.need("prometheus");
        try (PrometheusProcess prometheus = PrometheusProcess.start(directory, NOTHING)) {
            assertThatThrownBy(() -> prometheus.api().values("sum("))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("parse error");
            assertThat(new PanelsCheck(prometheus.api()).missing(List.of(new Query("a panel", "sum(")), REAL))
                    .hasEntrySatisfying("a panel", reason -> assertThat(reason).contains("parse error"));
        }
    }

    private static List<Query> servedThere() {
        List<String> without = Stream.of(System.getProperty(WITHOUT, "").split(" "))
                .filter(metric -> !metric.isBlank())
                .toList();
        return PanelsCheck.expressions().stream()
                .filter(query -> without.stream().noneMatch(query.expression()::contains))
                .toList();
    }
}
