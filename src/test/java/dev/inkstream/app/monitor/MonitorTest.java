package dev.inkstream.app.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MonitorTest {
    private final Monitor monitor = new Monitor();

    @Test
    void onlyOurMetersAreExposed() {
        monitor.meters().counter("inkstream.images", "role", "classifier").increment();
        monitor.meters().counter("jvm.something").increment();
        monitor.meters().counter("kafka.consumer.something").increment();
        monitor.meters().counter("inkstreams.images").increment();
        assertThat(MetricsTable.exposed(scrape()).rows()).containsOnlyKeys("inkstream_images_total");
    }

    /// The labeler has no model; the demo runs it in one process with roles that have one.
    @Test
    void rolesOfOneProcessMayHaveOtherLabels() {
        monitor.meters().counter("inkstream.images", "role", "labeler").increment();
        monitor.meters()
                .counter("inkstream.images", "role", "classifier", "model", "digits")
                .increment(2);
        assertThat(scrape())
                .contains("inkstream_images_total{role=\"labeler\"} 1.0")
                .contains("inkstream_images_total{model=\"digits\",role=\"classifier\"} 2.0");
    }

    @Test
    void theHelpIsTheDescription() {
        Counter.builder("inkstream.images")
                .description("records read from images")
                .register(monitor.meters());
        assertThat(scrape()).isEqualTo("""
                        # HELP inkstream_images_total records read from images
                        # TYPE inkstream_images_total counter
                        inkstream_images_total 0.0
                        """);
    }

    @Test
    void aHistogramBringsNoMaximum() {
        Timer.builder("inkstream.model.swap")
                .serviceLevelObjectives(Duration.ofMillis(1))
                .register(monitor.meters())
                .record(Duration.ofMillis(3));
        assertThat(scrape()).contains("inkstream_model_swap_seconds_bucket").doesNotContain("_max");
    }

    @Test
    void noMetricGrowsWithoutEnd() {
        for (int i = 0; i < 2 * SeriesLimit.MAX_SERIES; i++) {
            monitor.meters()
                    .counter("inkstream.predictions", "prediction", "" + i)
                    .increment();
            monitor.meters().counter("inkstream.predictions", "prediction", "0").increment();
        }
        monitor.meters().counter("inkstream.images").increment();
        assertThat(MetricsTable.series(scrape())).isEqualTo(SeriesLimit.MAX_SERIES + 1);
        assertThat(scrape())
                .contains("inkstream_predictions_total{prediction=\"0\"} " + (2.0 * SeriesLimit.MAX_SERIES + 1));
    }

    @Test
    void theConfusionOfSixteenClassesIsExposedWhole() {
        for (int i = 0; i < 256; i++) {
            monitor.meters().counter("inkstream.live.confusion", "label", "" + i / 16, "prediction", "" + i % 16);
        }
        assertThat(MetricsTable.series(scrape())).isEqualTo(256);
    }

    @Test
    void aGaugeWithoutAValueIsNotThere() {
        gauge("inkstream.holdout.loss", "none", Double.NaN);
        gauge("inkstream.consumer.lag", "paused", Double.NaN);
        gauge("inkstream.consumer.lag", "read", 3);
        gauge("inkstream.consumer.lag", "far", Double.POSITIVE_INFINITY);
        assertThat(scrape()).isEqualTo("""
                        # HELP inkstream_consumer_lag records not read yet
                        # TYPE inkstream_consumer_lag gauge
                        inkstream_consumer_lag{topic="far"} +Inf
                        inkstream_consumer_lag{topic="read"} 3.0
                        """);
    }

    private void gauge(String name, String topic, double value) {
        Gauge.builder(name, () -> value)
                .description("records not read yet")
                .tag("topic", topic)
                .register(monitor.meters());
    }

    private String scrape() {
        return new String(monitor.metrics(), StandardCharsets.UTF_8);
    }
}
