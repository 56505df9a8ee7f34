package dev.inkstream.evaluator;

import dev.inkstream.codec.AvroSerdes;
import dev.inkstream.codec.SchemaRegistry;
import dev.inkstream.live.LiveAccuracy;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.record.RejectReason;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.InMemoryStores;
import dev.inkstream.stream.Topic;
import dev.inkstream.stream.intake.DeadLetterSink;
import dev.inkstream.stream.intake.DecodeProcessor;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;

/// `weight-snapshots` and `holdout-images` to `evaluations` and `serving-weights`; and, by [LiveAccuracy],
/// `predictions` and `labels` to `live-evaluations` and `drift-events`.
///
/// The holdout images are an ordinary source, not a global store, so that a bad one among them is a dead letter
/// like any other. Both topics have one partition and so share one task, which takes holdout images first
/// ([BehindHoldout]): a version is scored on all holdout images that are there when it is read.
public final class EvaluatorTopology {
    static final String HOLDOUT = "holdout";
    static final String WRITE_EVALUATIONS = "write-evaluations";
    static final String WRITE_SERVING_WEIGHTS = "write-serving-weights";

    /// For the stores with few keys, which change with every record: clocks, open batches, windows and slices.
    public static final long CACHE_BYTES = 16L * 1024 * 1024;

    private final EvaluatorSettings settings;
    private final SchemaRegistry registry;
    private final MeterRegistry meters;

    public EvaluatorTopology(EvaluatorSettings settings, SchemaRegistry registry, MeterRegistry meters) {
        this.meters = meters;
        this.settings = settings;
        this.registry = registry;
    }

    /// Builds it; starts nothing.
    public Topology get() {
        AvroSerdes serdes = new AvroSerdes(registry);
        Topology topology = new LiveAccuracy(settings.liveModel(), serdes, meters).get();
        addHoldout(topology, serdes);
        addSnapshots(topology, serdes);
        // Sorted by id, so that every evaluator scores in the same order.
        topology.addStateStore(
                InMemoryStores.logged(
                        HOLDOUT, Serdes.String(), serdes.forState().labeledImage()),
                "keep-holdout-image",
                "evaluate-snapshot");
        settings.topics()
                .deadLetters()
                .addSink(topology, DeadLetterSink.SINK, serdes, "keep-holdout-image", "decode-snapshot");
        return topology;
    }

    private void addHoldout(Topology topology, AvroSerdes serdes) {
        Topic<String, LabeledImage> topic = settings.topics().holdoutImages();
        DeadLetterSink deadLetters = new DeadLetterSink(meters)
                .preregister(
                        topic.name(),
                        RejectReason.PIXEL_COUNT,
                        RejectReason.IMAGE_SIZE,
                        RejectReason.LABEL_RANGE,
                        RejectReason.HOLDOUT_FULL);
        topic.addSource(topology, "read-holdout-images");
        topology.addProcessor(
                "keep-holdout-image",
                () -> new KeepHoldoutProcessor(topic.decoder(serdes, settings.format()::check), deadLetters),
                "read-holdout-images");
    }

    private void addSnapshots(Topology topology, AvroSerdes serdes) {
        EvaluatorMeters counted = new EvaluatorMeters(meters);
        Topic<String, WeightSnapshot> topic = settings.topics().weightSnapshots();
        topic.addSource(topology, "read-weight-snapshots", new BehindHoldout());
        topology.addProcessor("restore-snapshot-time", BehindHoldout.Restore::new, "read-weight-snapshots");
        topology.addProcessor(
                "decode-snapshot",
                DecodeProcessor.supplier(
                        () -> topic.decoder(serdes, snapshot -> Candidate.of(snapshot, settings)),
                        "evaluate-snapshot",
                        new DeadLetterSink(meters).preregister(topic.name(), RejectReason.BAD_SNAPSHOT)),
                "restore-snapshot-time");
        topology.addProcessor("evaluate-snapshot", () -> new EvaluateProcessor(settings, counted), "decode-snapshot");
        settings.topics().evaluations().addSink(topology, WRITE_EVALUATIONS, serdes, "evaluate-snapshot");
        settings.topics().servingWeights().addSink(topology, WRITE_SERVING_WEIGHTS, serdes, "evaluate-snapshot");
    }
}
