package dev.inkstream.app.monitor;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// What this process knows of itself: its meters, and how its parts are doing. Thread-safe.
public final class Monitor implements Health {
    /// Prometheus' text format.
    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final List<Health> watched = new CopyOnWriteArrayList<>();

    public Monitor() {
        meters.config().meterFilter(new ExposedMetrics(meters.config().namingConvention()));
    }

    /// Where to count.
    public MeterRegistry meters() {
        return meters;
    }

    /// Takes the health of a part for its own.
    public void watch(Health part) {
        watched.add(part);
    }

    /// All metrics that have a value, in Prometheus' text format.
    byte[] metrics() {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            meters.scrape(text, CONTENT_TYPE, ExposedMetrics.NAMES);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return KnownSamples.of(text.toString(StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
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
