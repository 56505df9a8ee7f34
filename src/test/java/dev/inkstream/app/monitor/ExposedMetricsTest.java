package dev.inkstream.app.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ExposedMetricsTest {
    private final Monitor monitor = new Monitor();

    @Test
    void theListIsThatOfTheDocument() throws IOException {
        assertThat(MetricsTable.documented().rows().keySet())
                .extracting(name -> name.replaceFirst("_total$", ""))
                .containsExactlyInAnyOrderElementsOf(ExposedMetrics.NAMES);
    }

    @Test
    void whatIsNotOnTheListIsNotExposed() {
        monitor.meters().counter("inkstream.images", "role", "classifier").increment();
        monitor.meters().counter("jvm.something").increment();
        monitor.meters().counter("inkstream.images.of.late").increment();
        assertThat(MetricsTable.exposed(scrape()).rows()).containsOnlyKeys("inkstream_images_total");
    }

    /// As of the labeler, which has no model; in one process with roles that have one.
    @Test
    void anEmptyLabelIsLeftOut() {
        monitor.meters()
                .counter("inkstream.images", "role", "labeler", "model", "")
                .increment();
        monitor.meters()
                .counter("inkstream.images", "role", "classifier", "model", "digits")
                .increment(2);
        assertThat(scrape())
                .contains("inkstream_images_total{role=\"labeler\"} 1.0")
                .contains("inkstream_images_total{model=\"digits\",role=\"classifier\"} 2.0");
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
        for (int i = 0; i < 2 * ExposedMetrics.MAX_SERIES; i++) {
            monitor.meters()
                    .counter("inkstream.predictions", "prediction", "" + i)
                    .increment();
            monitor.meters().counter("inkstream.predictions", "prediction", "0").increment();
        }
        monitor.meters().counter("inkstream.images").increment();
        assertThat(MetricsTable.series(scrape())).isEqualTo(ExposedMetrics.MAX_SERIES + 1);
        assertThat(scrape())
                .contains("inkstream_predictions_total{prediction=\"0\"} " + (2.0 * ExposedMetrics.MAX_SERIES + 1));
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
        monitor.meters().gauge("inkstream.holdout.loss", Double.NaN);
        monitor.meters().gauge("inkstream.consumer.lag.records", Tags.of("topic", "paused"), Double.NaN);
        monitor.meters().gauge("inkstream.consumer.lag.records", Tags.of("topic", "read"), 3.0);
        assertThat(scrape()).isEqualTo("""
                        # HELP inkstream_consumer_lag_records records not read yet, or read and not yet processed and committed, all partitions of this instance
                        # TYPE inkstream_consumer_lag_records gauge
                        inkstream_consumer_lag_records{topic="read"} 3.0
                        """);
    }

    private String scrape() {
        return new String(monitor.metrics(), StandardCharsets.UTF_8);
    }
}
