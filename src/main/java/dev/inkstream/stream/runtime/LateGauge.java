package dev.inkstream.stream.runtime;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicBoolean;

/// A gauge that is not there until it has a value: what is not known yet is no zero. Thread-safe.
public final class LateGauge {
    private final MeterRegistry registry;
    private final Gauge.Builder<LateGauge> gauge;
    private final AtomicBoolean registered = new AtomicBoolean();
    private volatile double value;

    /// @param unit as the name's end says it; empty for none
    /// @param tags names and values in turn
    public LateGauge(MeterRegistry registry, String name, String unit, String... tags) {
        this.registry = registry;
        gauge = Gauge.builder(name, this, late -> late.value)
                .tags(tags)
                .baseUnit(unit.isEmpty() ? null : unit)
                .strongReference(true);
    }

    public void set(double value) {
        this.value = value;
        if (!registered.getAndSet(true)) {
            gauge.register(registry);
        }
    }
}
