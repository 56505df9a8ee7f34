package dev.inkstream.stream;

import dev.inkstream.record.AvroSerdes;
import dev.inkstream.record.Defect;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.record.SchemaRegistry;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.intake.RecordBounds;
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

    private final Settings settings;
    private final SchemaRegistry registry;
    private final MeterRegistry meters;

    /// @param model name of the model to evaluate
    /// @param live how predictions that were served are joined with their labels
    public record Settings(Topics topics, String model, ImageFormat format, PromotionPolicy policy, LiveSettings live) {
        /// With [LiveSettings#DEFAULT].
        public Settings(Topics topics, String model, ImageFormat format, PromotionPolicy policy) {
            this(topics, model, format, policy, LiveSettings.DEFAULT);
        }

        /// An evaluator reads snapshots, and writes those that it promotes as they came. It keeps holdout images.
        ///
        /// @throws TopicsNotReadyException if a topic does not take them
        public RecordLimits limits(TopicLimits topicLimits) {
            topicLimits.require(topics.deadLetters(), DeadLetter.MIN_MESSAGE_BYTES);
            topicLimits.require(
                    topics.servingWeights(), topicLimits.maxMessageBytes().getOrDefault(topics.weightSnapshots(), 0));
            return new RecordLimits(
                            Map.of(
                                    topics.holdoutImages(),
                                    format.maxRecordBytes(),
                                    topics.weightSnapshots(),
                                    Topics.MAX_WEIGHTS_BYTES),
                            Topics.MAX_WEIGHTS_BYTES + RecordLimits.BESIDE_VALUE)
                    .capped(topics.weightSnapshots(), topicLimits.room(topics.servingWeights()) - RecordBounds.ID_BYTES)
                    .capped(topics.holdoutImages(), topicLimits.room(topics.holdoutImages()) - RecordBounds.ID_BYTES);
        }

        /// One evaluator for each model.
        public String applicationId() {
            return topics.prefix() + "evaluator-" + model;
        }
    }

    public EvaluatorTopology(Settings settings, SchemaRegistry registry, MeterRegistry meters) {
        this.meters = meters;
        this.settings = settings;
        this.registry = registry;
    }

    /// Builds it; starts nothing.
    public Topology get() {
        AvroSerdes serdes = new AvroSerdes(registry);
        Topology topology = new LiveAccuracy(settings, serdes, meters).get();
        addHoldout(topology, serdes);
        addSnapshots(topology, serdes);
        topology.addStateStore(holdoutStore(serdes), "keep-holdout-image", "evaluate-snapshot");
        topology.addSink(
                DeadLetters.SINK,
                settings.topics().deadLetters(),
                new ByteArraySerializer(),
                new ByteArraySerializer(),
                "keep-holdout-image",
                "decode-snapshot");
        return topology;
    }

    private void addHoldout(Topology topology, AvroSerdes serdes) {
        DeadLetters deadLetters = new DeadLetters(meters)
                .of(
                        settings.topics().holdoutImages(),
                        Defect.PIXEL_COUNT,
                        Defect.IMAGE_SIZE,
                        Defect.LABEL_RANGE,
                        Defect.HOLDOUT_FULL);
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
                        new DeadLetters(meters).of(settings.topics().weightSnapshots(), Defect.BAD_SNAPSHOT)),
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
