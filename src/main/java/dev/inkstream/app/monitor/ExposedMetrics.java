package dev.inkstream.app.monitor;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import io.micrometer.core.instrument.config.NamingConvention;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The metrics that are exposed, as `docs/metrics.md` lists them: no library adds one by itself, and no label can
/// grow without end. Thread-safe.
final class ExposedMetrics implements MeterFilter {
    /// Names without the `_total` that counters end with.
    static final Set<String> NAMES = Set.of(
            "inkstream_images",
            "inkstream_predictions",
            "inkstream_prediction_latency_seconds",
            "inkstream_model_version",
            "inkstream_model_updated_timestamp_seconds",
            "inkstream_model_swap_seconds",
            "inkstream_snapshots_refused",
            "inkstream_examples_trained",
            "inkstream_mini_batches",
            "inkstream_prequential",
            "inkstream_training_loss",
            "inkstream_gradient_norm",
            "inkstream_learning_rate",
            "inkstream_snapshots_published",
            "inkstream_snapshot_size_bytes",
            "inkstream_snapshots_promoted",
            "inkstream_holdout_accuracy_ratio",
            "inkstream_holdout_loss",
            "inkstream_holdout_version",
            "inkstream_live_outcomes",
            "inkstream_live_confusion",
            "inkstream_live_unmatched",
            "inkstream_drift_events",
            "inkstream_drift_error_ratio",
            "inkstream_labels",
            "inkstream_dead_letters",
            "inkstream_consumer_lag_records",
            "inkstream_streams_running",
            "inkstream_streams_state",
            "inkstream_streams_threads");

    /// Series of one metric: the confusion of 12 classes.
    static final int MAX_SERIES = 144;

    private final NamingConvention naming;
    private final Map<String, Set<Meter.Id>> series = new ConcurrentHashMap<>();

    /// @param naming of the registry, which makes `inkstream_images` of `inkstream.images`
    ExposedMetrics(NamingConvention naming) {
        this.naming = naming;
    }

    @Override
    public MeterFilterReply accept(Meter.Id id) {
        String name = exposedName(id);
        return NAMES.contains(name) && hasRoom(name, id) ? MeterFilterReply.NEUTRAL : MeterFilterReply.DENY;
    }

    private String exposedName(Meter.Id id) {
        String name = id.getConventionName(naming);
        return name.endsWith("_total") ? name.substring(0, name.length() - "_total".length()) : name;
    }

    private boolean hasRoom(String name, Meter.Id id) {
        Set<Meter.Id> known = series.computeIfAbsent(name, any -> ConcurrentHashMap.newKeySet());
        return known.contains(id) || (known.size() < MAX_SERIES && known.add(id));
    }
}
