package dev.inkstream.stream.runtime;

import io.micrometer.core.instrument.MeterRegistry;

/// The version of a model that an instance has, and since when. Thread-safe.
public final class VersionGauges {
    private final LateGauge version;
    private final LateGauge updated;

    public VersionGauges(MeterRegistry registry) {
        version = new LateGauge(
                registry,
                "inkstream.model.version",
                "version that the classifier uses, or that the trainer published last");
        updated = new LateGauge(
                registry,
                "inkstream.model.updated.timestamp.seconds",
                "when the classifier loaded that version, or the trainer published it; after a restart, when the"
                        + " trainer started");
    }

    /// @param nowMs when this instance loaded or published the version
    public void set(long version, long nowMs) {
        this.version.set((double) version);
        updated.set(nowMs / 1e3);
    }
}
