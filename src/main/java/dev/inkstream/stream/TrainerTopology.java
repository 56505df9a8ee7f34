package dev.inkstream.stream;

import dev.inkstream.network.NetworkShape;
import dev.inkstream.record.AvroSerdes;
import dev.inkstream.record.Defect;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.record.SchemaRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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
import org.jspecify.annotations.Nullable;

/// `labeled-images` to `weight-snapshots`.
///
/// One task, since the topic has one partition: the order of its records is what makes training reproducible.
public final class TrainerTopology {
    static final String CHECKPOINT = "checkpoint";

    private final Settings settings;
    private final SchemaRegistry registry;
    private final MeterRegistry meters;
    private final LabeledLog log;

    /// What is trained, and on which images.
    public record Settings(Topics topics, Training.Settings training, ImageFormat format) {
        public Settings {
            NetworkShape shape = training.config().architecture().shape();
            if (shape.inputs() != format.pixels() || shape.outputs() != format.classes()) {
                throw new IllegalArgumentException("network is " + shape + ", but images of " + format.width() + "x"
                        + format.height() + " in " + format.classes() + " classes need " + format.pixels()
                        + " inputs and " + format.classes() + " outputs");
            }
        }

        /// The changelog of the checkpoint store.
        public String checkpointTopic() {
            return applicationId() + "-" + CHECKPOINT + "-changelog";
        }

        /// Checks a record of [#checkpointTopic()].
        ///
        /// @throws ModelMismatchException if the model was trained with other settings
        public void requireFit(byte @Nullable [] key, byte @Nullable [] checkpoint) {
            if (checkpoint != null && Arrays.equals(key, training.model().getBytes(StandardCharsets.UTF_8))) {
                var _ = Training.resume(training, Checkpoint.fromBytes(checkpoint));
            }
        }

        /// One trainer for each model.
        public String applicationId() {
            return topics.prefix() + "trainer-" + training.model();
        }
    }

    /// @param log reads `labeled-images` again after a restart
    public TrainerTopology(Settings settings, SchemaRegistry registry, LabeledLog log, MeterRegistry meters) {
        this.meters = meters;
        this.settings = settings;
        this.registry = registry;
        this.log = log;
    }

    /// Builds it; starts nothing.
    public Topology get() {
        AvroSerdes serdes = new AvroSerdes(registry);
        TrainerMeters counted = new TrainerMeters(
                meters, settings.training().config().optimizer().learningRate());
        Topics topics = settings.topics();
        Topology topology = new Topology();
        topology.addSource(
                AutoOffsetReset.earliest(),
                "read-labeled-images",
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                topics.labeledImages());
        topology.addProcessor(
                "decode-labeled-image",
                DecodeProcessor.withoutClock(() -> decoder(serdes), "train-network", deadLetters()),
                "read-labeled-images");
        topology.addProcessor(
                "train-network",
                () -> new TrainProcessor(settings.training(), decoder(serdes), log, counted),
                "decode-labeled-image");
        topology.addStateStore(checkpointStore(), "train-network");
        topology.addSink(
                "write-weight-snapshots",
                topics.weightSnapshots(),
                new StringSerializer(),
                serdes.weightSnapshot().serializer(),
                "train-network");
        topology.addSink(
                DeadLetters.SINK,
                topics.deadLetters(),
                new ByteArraySerializer(),
                new ByteArraySerializer(),
                "decode-labeled-image");
        return topology;
    }

    private DeadLetters deadLetters() {
        return new DeadLetters(meters)
                .of(settings.topics().labeledImages(), Defect.PIXEL_COUNT, Defect.IMAGE_SIZE, Defect.LABEL_RANGE);
    }

    private RecordDecoder<LabeledImage> decoder(AvroSerdes serdes) {
        return new RecordDecoder<>(
                settings.topics().labeledImages(), serdes.labeledImage().deserializer(), settings.format()::check);
    }

    /// In memory, since all of it is read at once and only on start; cached, since then a commit writes one
    /// changelog record however many versions it holds; its changelog in small segments, since a restore reads
    /// the whole of the active one.
    private static StoreBuilder<KeyValueStore<String, byte[]>> checkpointStore() {
        return Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(CHECKPOINT), Serdes.String(), Serdes.ByteArray())
                .withLoggingEnabled(Map.of(
                        TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(64 * 1024 * 1024),
                        TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(4 * Topics.MAX_WEIGHTS_BYTES)))
                .withCachingEnabled();
    }
}
