package dev.inkstream.evaluator;

import dev.inkstream.codec.AvroSerdes;
import dev.inkstream.codec.SchemaRegistry;
import dev.inkstream.live.LiveAccuracy;
import dev.inkstream.live.LiveSettings;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.record.RejectReason;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.Snapshots;
import dev.inkstream.stream.intake.DeadLetterSink;
import dev.inkstream.stream.intake.DecodeProcessor;
import dev.inkstream.stream.intake.RecordDecoder;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

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

    /// What is cached are the few bytes of each image that changed since the last commit. They take nearly twice as
    /// much as Kafka Streams takes them for, beside the memory of [LiveSettings].
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
        topology.addStateStore(holdoutStore(serdes), "keep-holdout-image", "evaluate-snapshot");
        topology.addSink(
                DeadLetterSink.SINK,
                settings.topics().deadLetters(),
                new ByteArraySerializer(),
                new ByteArraySerializer(),
                "keep-holdout-image",
                "decode-snapshot");
        return topology;
    }

    private void addHoldout(Topology topology, AvroSerdes serdes) {
        DeadLetterSink deadLetters = new DeadLetterSink(meters)
                .preregister(
                        settings.topics().holdoutImages(),
                        RejectReason.PIXEL_COUNT,
                        RejectReason.IMAGE_SIZE,
                        RejectReason.LABEL_RANGE,
                        RejectReason.HOLDOUT_FULL);
        topology.addSource(
                AutoOffsetReset.earliest(),
                "read-holdout-images",
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                settings.topics().holdoutImages());
        topology.addProcessor(
                "keep-holdout-image",
                () -> new KeepHoldoutProcessor(imageDecoder(serdes), deadLetters),
                "read-holdout-images");
    }

    private void addSnapshots(Topology topology, AvroSerdes serdes) {
        EvaluatorMeters counted = new EvaluatorMeters(meters);
        topology.addSource(
                AutoOffsetReset.earliest(),
                "read-weight-snapshots",
                new BehindHoldout(),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                settings.topics().weightSnapshots());
        topology.addProcessor("restore-snapshot-time", BehindHoldout.Restore::new, "read-weight-snapshots");
        topology.addProcessor(
                "decode-snapshot",
                DecodeProcessor.supplier(
                        () -> snapshotDecoder(serdes),
                        "evaluate-snapshot",
                        new DeadLetterSink(meters)
                                .preregister(settings.topics().weightSnapshots(), RejectReason.BAD_SNAPSHOT)),
                "restore-snapshot-time");
        topology.addProcessor("evaluate-snapshot", () -> new EvaluateProcessor(settings, counted), "decode-snapshot");
        topology.addSink(
                WRITE_EVALUATIONS,
                settings.topics().evaluations(),
                new StringSerializer(),
                serdes.evaluation().serializer(),
                "evaluate-snapshot");
        topology.addSink(
                WRITE_SERVING_WEIGHTS,
                settings.topics().servingWeights(),
                new StringSerializer(),
                serdes.weightSnapshot().serializer(),
                "evaluate-snapshot");
    }

    private RecordDecoder<LabeledImage> imageDecoder(AvroSerdes serdes) {
        return new RecordDecoder<>(
                settings.topics().holdoutImages(), serdes.labeledImage().deserializer(), settings.format()::check);
    }

    /// Another model's versions are not ours to judge, whatever their shape; ours must fit.
    private RecordDecoder<WeightSnapshot> snapshotDecoder(AvroSerdes serdes) {
        return RecordDecoder.ofSnapshots(settings.topics().weightSnapshots(), serdes, snapshot -> {
            if (snapshot.id().model().equals(settings.model())) {
                Snapshots.network(snapshot, settings.format());
            }
            return snapshot;
        });
    }

    /// In memory and sorted by id, so that every evaluator scores in the same order.
    private static StoreBuilder<KeyValueStore<String, LabeledImage>> holdoutStore(AvroSerdes serdes) {
        return Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(HOLDOUT),
                        Serdes.String(),
                        serdes.forState().labeledImage())
                .withLoggingEnabled(Map.of(TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(64 * 1024 * 1024)));
    }
}
