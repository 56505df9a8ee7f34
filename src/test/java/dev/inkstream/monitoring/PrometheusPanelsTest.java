package dev.inkstream.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Every panel and alert against a real Prometheus. What it scrapes here is made up of `docs/metrics.md`;
/// `.ci/dashboards` asks the same of a running demo.
@Timeout(120)
class PrometheusPanelsTest {
    @BeforeEach
    void needPrometheus() {
        DebianTools.need("prometheus");
    }

    @Test
    void everyExpressionReturnsData(@TempDir Path directory) throws Exception {
        try (GeneratedMetrics metrics = new GeneratedMetrics();
                PrometheusProcess prometheus = PrometheusProcess.start(directory, metrics.uri())) {
            assertThat(new PanelsCheck(prometheus).missing(Duration.ofSeconds(30)))
                    .isEmpty();
        }
    }

    @Test
    void withoutATargetEveryExpressionIsFoundMissing(@TempDir Path directory) throws Exception {
        try (PrometheusProcess prometheus =
                PrometheusProcess.start(directory, URI.create("http://127.0.0.1:1/metrics"))) {
            List<String> expected = PanelsCheck.expressions().stream()
                    .map(Query::where)
                    .filter(where -> !"alert InkstreamTargetDown".equals(where)) // up is there for a target that is not
                    .toList();

            assertThat(new PanelsCheck(prometheus).missing(Duration.ZERO))
                    .containsKeys(expected.toArray(String[]::new));
        }
    }

    @Test
    void whatIsNoPromqlIsSaid(@TempDir Path directory) throws Exception {
        try (PrometheusProcess prometheus =
                PrometheusProcess.start(directory, URI.create("http://127.0.0.1:1/metrics"))) {
            assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> prometheus.values("sum(")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("parse error");
        }
    }
}
