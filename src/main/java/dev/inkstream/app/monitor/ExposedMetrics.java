package dev.inkstream.app.monitor;

import static java.util.Map.entry;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import io.micrometer.core.instrument.config.NamingConvention;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The metrics that are exposed, as `docs/metrics.md` lists them: no library adds one by itself, and no label can
/// grow without end. Thread-safe.
final class ExposedMetrics implements MeterFilter {
    /// What each means. Names are without the `_total` that counters end with.
    private static final Map<String, String> MEANINGS = Map.ofEntries(
            entry("inkstream_images", "records read from images"),
            entry("inkstream_predictions", "predictions written, by class"),
            entry(
                    "inkstream_classification_latency_seconds",
                    "from the image's capture, or its record timestamp, until it is classified"),
            entry("inkstream_model_version", "version that classifies, or that was published last"),
            entry(
                    "inkstream_model_updated_timestamp_seconds",
                    "when that version was taken up, or published; of a restarted trainer, when it started"),
            entry("inkstream_model_swap_seconds", "decoding, verifying and swapping in a version"),
            entry("inkstream_snapshots_refused", "records on serving-weights that were refused"),
            entry("inkstream_examples_trained", "labeled images trained on"),
            entry("inkstream_mini_batches", "mini-batches trained"),
            entry("inkstream_prequential", "labeled images, each tested before it was trained on"),
            entry(
                    "inkstream_training_loss",
                    "mean loss of the examples of the last version, each before it was trained on"),
            entry(
                    "inkstream_gradient_norm",
                    "Euclidean norm of the mean gradient of a mini-batch, the first since the last scrape"),
            entry("inkstream_learning_rate", "learning rate"),
            entry("inkstream_snapshots_published", "versions published"),
            entry("inkstream_snapshot_size_bytes", "parameters of the last version"),
            entry("inkstream_snapshots_promoted", "versions put on serving-weights"),
            entry("inkstream_holdout_accuracy_ratio", "share of holdout images that the last version had right"),
            entry("inkstream_holdout_loss", "mean loss of the last version on the holdout images"),
            entry("inkstream_holdout_version", "the version these are of"),
            entry("inkstream_live_outcomes", "predictions that were served, when their label came"),
            entry("inkstream_live_confusion", "the same, by class"),
            entry("inkstream_live_unmatched", "what found no partner"),
            entry("inkstream_drift_events", "alarms of the drift detector"),
            entry("inkstream_drift_late_outcomes", "outcomes that came too late for the drift detector"),
            entry("inkstream_drift_error_ratio", "error before and after the last alarm"),
            entry("inkstream_labels", "labels that came alone"),
            entry("inkstream_labeler_evicted", "what was given up before its window closed, since memory ran out"),
            entry("inkstream_dead_letters", "records that could not be used"),
            entry(
                    "inkstream_consumer_lag_records",
                    "records not read yet, or read and not yet processed and committed, all partitions of this instance"),
            entry("inkstream_streams_running", "1 while the Kafka Streams client is RUNNING, else 0"),
            entry("inkstream_streams_state", "1 for the client's state, 0 for every other"),
            entry("inkstream_streams_threads", "stream threads"));

    static final Set<String> NAMES = MEANINGS.keySet();

    private static final Logger LOG = LoggerFactory.getLogger(ExposedMetrics.class);

    /// Series of one metric: the confusion of 16 classes, beyond which nobody counts it.
    static final int MAX_SERIES = 256;

    private final NamingConvention naming;
    private final Map<String, Set<Meter.Id>> series = new ConcurrentHashMap<>();
    private final Set<String> cut = ConcurrentHashMap.newKeySet();

    /// @param naming of the registry, which makes `inkstream_images` of `inkstream.images`
    ExposedMetrics(NamingConvention naming) {
        this.naming = naming;
    }

    /// The counting class gives the name, the list the help text. Leaves out an empty label, which Prometheus takes for
    /// none.
    @Override
    public Meter.Id map(Meter.Id id) {
        Tags tags = Tags.of(
                id.getTags().stream().filter(tag -> !tag.getValue().isEmpty()).toList());
        return new Meter.Id(id.getName(), tags, id.getBaseUnit(), MEANINGS.get(exposedName(id)), id.getType());
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
        if (known.contains(id) || (known.size() < MAX_SERIES && known.add(id))) {
            return true;
        }
        if (cut.add(name)) {
            LOG.warn("/metrics shows {} series of {} and no more", MAX_SERIES, name);
        }
        return false;
    }
}
