package dev.inkstream.evaluator;

import dev.inkstream.codec.AvroSerdes;
import dev.inkstream.codec.SchemaRegistry;
import dev.inkstream.live.LiveAccuracy;
import dev.inkstream.live.PairsTo;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.record.ModelCommand;
import dev.inkstream.record.RejectReason;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.InMemoryStores;
import dev.inkstream.stream.LargestRecords;
import dev.inkstream.stream.Topic;
import dev.inkstream.stream.Topics;
import dev.inkstream.stream.intake.DeadLetterSink;
import dev.inkstream.stream.intake.DecodeProcessor;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;

/// `weight-snapshots`, `holdout-images` and `model-commands` to `evaluations`, `model-decisions` and `serving-weights`;
/// and, by [LiveAccuracy], `predictions` and `labels` to `live-evaluations` and `drift-events`.
///
/// The holdout images are an ordinary source, not a global store, so that a bad one among them is a dead letter
/// like any other. All three topics have one partition and so share one task, which takes holdout images first
/// ([BehindHoldout]): a version is scored on all holdout images that are there when it is read.
public final class EvaluatorTopology {
    static final String HOLDOUT = "holdout";
    static final String SERVING = "serving";
    static final String VERSIONS = "version-offsets";
    static final String DECIDE = "decide";
    static final String WRITE_EVALUATIONS = "write-evaluations";
    static final String WRITE_SERVING_WEIGHTS = "write-serving-weights";
    static final String WRITE_MODEL_DECISIONS = "write-model-decisions";

    private static final String KEEP_HOLDOUT_IMAGE = "keep-holdout-image";
    private static final String DECODE_SNAPSHOT = "decode-snapshot";
    private static final String DECODE_COMMAND = "decode-command";

    /// For the stores with few keys, which change with every record: clocks, open batches, windows and slices, and the
    /// versions that serve or have served, of up to 16 MB each.
    public static final long CACHE_BYTES = 128L * 1024 * 1024;

    private final EvaluatorSettings settings;
    private final SchemaRegistry registry;
    private final PastRecords.OfModel past;
    private final MeterRegistry meters;

    /// @param past what it reads again, beside the topology
    public EvaluatorTopology(
            EvaluatorSettings settings, SchemaRegistry registry, PastRecords.OfModel past, MeterRegistry meters) {
        this.meters = meters;
        this.settings = settings;
        this.registry = registry;
        this.past = past;
    }

    /// Builds it; starts nothing.
    public Topology get() {
        AvroSerdes serdes = new AvroSerdes(registry);
        Topology topology = new LiveAccuracy(
                        settings.liveModel(), serdes, meters, new PairsTo(DECIDE, DecisionInput.Compared::new))
                .get();
        addHoldout(topology, serdes);
        addSnapshots(topology, serdes);
        addCommands(topology, serdes);
        addDecisions(topology, serdes);
        settings.topics()
                .deadLetters()
                .addSink(topology, DeadLetterSink.SINK, serdes, KEEP_HOLDOUT_IMAGE, DECODE_SNAPSHOT, DECODE_COMMAND);
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
                KEEP_HOLDOUT_IMAGE,
                () -> new KeepHoldoutProcessor(topic.decoder(serdes, settings.format()::check), deadLetters),
                "read-holdout-images");
    }

    private void addSnapshots(Topology topology, AvroSerdes serdes) {
        Topic<String, WeightSnapshot> topic = settings.topics().weightSnapshots();
        topic.addSource(topology, "read-weight-snapshots", new BehindHoldout());
        topology.addProcessor("restore-snapshot-time", BehindHoldout.Restore::new, "read-weight-snapshots");
        topology.addProcessor(
                DECODE_SNAPSHOT,
                DecodeProcessor.supplier(
                        () -> topic.decoder(
                                serdes, snapshot -> new DecisionInput.Published(Candidate.of(snapshot, settings))),
                        DECIDE,
                        deadSnapshots(topic.name())),
                "restore-snapshot-time");
    }

    private DeadLetterSink deadSnapshots(String topic) {
        DeadLetterSink deadLetters = new DeadLetterSink(meters).preregister(topic, RejectReason.BAD_SNAPSHOT);
        return settings.topics().signatures().checkSnapshots()
                ? deadLetters.preregister(
                        topic, RejectReason.UNSIGNED, RejectReason.UNTRUSTED_KEY, RejectReason.BAD_SIGNATURE)
                : deadLetters;
    }

    private void addCommands(Topology topology, AvroSerdes serdes) {
        Topic<String, ModelCommand> topic = settings.topics().modelCommands();
        topic.addSource(topology, "read-model-commands", new BehindHoldout());
        topology.addProcessor("restore-command-time", BehindHoldout.Restore::new, "read-model-commands");
        topology.addProcessor(
                DECODE_COMMAND,
                DecodeProcessor.supplier(
                        () -> topic.decoder(serdes, DecisionInput.Asked::new),
                        DECIDE,
                        new DeadLetterSink(meters).preregister(topic.name(), RejectReason.BAD_COMMAND)),
                "restore-command-time");
    }

    private void addDecisions(Topology topology, AvroSerdes serdes) {
        EvaluatorMeters counted = new EvaluatorMeters(meters);
        StateAccess access = new StateAccess(settings, serdes, past);
        topology.addProcessor(
                DECIDE,
                () -> new DecideProcessor(settings, counted, access),
                KEEP_HOLDOUT_IMAGE,
                DECODE_SNAPSHOT,
                DECODE_COMMAND,
                LiveAccuracy.SUM);
        // Sorted by id, so that every evaluator scores in the same order.
        topology.addStateStore(
                InMemoryStores.logged(
                        HOLDOUT, Serdes.String(), serdes.forState().labeledImage()),
                KEEP_HOLDOUT_IMAGE,
                DECIDE);
        topology.addStateStore(
                InMemoryStores.cached(
                        SERVING,
                        Serdes.String(),
                        Serdes.ByteArray(),
                        Topics.MAX_WEIGHTS_BYTES + LargestRecords.BESIDE_VALUE),
                DECIDE);
        topology.addStateStore(InMemoryStores.logged(VERSIONS, Serdes.Long(), Serdes.ByteArray()), DECIDE);
        settings.topics().evaluations().addSink(topology, WRITE_EVALUATIONS, serdes, DECIDE);
        settings.topics().servingWeights().addSink(topology, WRITE_SERVING_WEIGHTS, serdes, DECIDE);
        settings.topics().modelDecisions().addSink(topology, WRITE_MODEL_DECISIONS, serdes, DECIDE);
    }
}
