package dev.inkstream.stream.runtime;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/// A gauge that is set when something happens. Until then it is NaN, which `/metrics` leaves out. Thread-safe.
public final class LateGauge {
    private volatile double value = Double.NaN;

    /// @param tags names and values in turn
    public LateGauge(MeterRegistry registry, String name, String description, String... tags) {
        Gauge.builder(name, this, late -> late.value)
                .description(description)
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }

    /// @param value NaN if it is unknown
    public void set(double value) {
        this.value = value;
    }
}
