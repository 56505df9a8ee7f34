package dev.inkstream.app.monitor;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// The meters of this process and the health of its parts. Thread-safe.
public final class Monitor implements HealthCheck {
    /// Prometheus' text format.
    static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    /// The prefix of our meters: no library adds one of its own to `/metrics`.
    private static final String OURS = "inkstream.";

    /// The suffix of the gauge that Micrometer adds to each histogram. Quantiles over the buckets say more.
    private static final String MAXIMUM = "_max";

    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
    private final List<HealthCheck> watched = new CopyOnWriteArrayList<>();

    public Monitor() {
        meters.config()
                .meterFilter(MeterFilter.denyUnless(id -> id.getName().startsWith(OURS)))
                .meterFilter(new SeriesLimit());
    }

    /// The registry of this process.
    public MeterRegistry meters() {
        return meters;
    }

    /// Makes the health of a part this process's own.
    public void watch(HealthCheck part) {
        watched.add(part);
    }

    /// All series that have a value, in Prometheus' text format.
    byte[] metrics() {
        MetricSnapshots all = meters.getPrometheusRegistry().scrape(name -> !name.endsWith(MAXIMUM));
        List<MetricSnapshot> known = all.stream()
                .map(Monitor::withoutNaN)
                .filter(metric -> !metric.getDataPoints().isEmpty())
                .toList();
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            writer.write(text, new MetricSnapshots(known));
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return text.toByteArray();
    }

    /// A gauge is NaN while its value is unknown. Prometheus would store NaN as a value and compute with it.
    private static MetricSnapshot withoutNaN(MetricSnapshot metric) {
        return metric instanceof GaugeSnapshot gauge
                ? new GaugeSnapshot(
                        gauge.getMetadata(),
                        gauge.getDataPoints().stream()
                                .filter(point -> !Double.isNaN(point.getValue()))
                                .toList())
                : metric;
    }

    @Override
    public Optional<String> whyNotLive() {
        return watched.stream().flatMap(part -> part.whyNotLive().stream()).findFirst();
    }

    @Override
    public Optional<String> whyNotReady() {
        return watched.isEmpty()
                ? Optional.of("it has not started yet")
                : watched.stream().flatMap(part -> part.whyNotReady().stream()).findFirst();
    }
}
