package dev.inkstream.stream;

import dev.inkstream.record.AvroSerdes;
import dev.inkstream.record.Defect;
import dev.inkstream.record.ImageRecord;
import dev.inkstream.record.SchemaRegistry;
import dev.inkstream.record.WeightSnapshot;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;

/// `images` and the serving weights to `predictions`.
///
/// No state but the weights: they come to every instance through a global store, which is restored before the
/// first image is read. The store itself keeps no more than the version number; the network is in [ServingModel].
public final class ClassifierTopology {
    static final String SERVING_VERSION = "serving-version";

    private final Settings settings;
    private final SchemaRegistry registry;
    private final MeterRegistry meters;
    private final ServingModel serving;

    /// @param model name of the model to serve
    public record Settings(Topics topics, String model, ImageFormat format) {
        /// A classifier reads weights as large as they can be, and writes predictions and dead letters.
        ///
        /// @throws TopicsNotReadyException if a topic does not take them
        public RecordLimits limits(TopicLimits topicLimits) {
            topicLimits.require(topics.deadLetters(), DeadLetter.MIN_MESSAGE_BYTES);
            // A prediction has the headers of its image.
            topicLimits.require(topics.predictions(), RecordLimits.BESIDE_VALUE);
            return new RecordLimits(
                    Map.of(topics.images(), format.maxRecordBytes(), topics.servingWeights(), Topics.MAX_WEIGHTS_BYTES),
                    RecordLimits.USUAL.written());
        }

        /// One group of instances for each model.
        public String applicationId() {
            return topics.prefix() + "classifier-" + model;
        }
    }

    public ClassifierTopology(Settings settings, SchemaRegistry registry, ServingModel serving, MeterRegistry meters) {
        this.meters = meters;
        this.settings = settings;
        this.registry = registry;
        this.serving = serving;
    }

    /// Builds it; starts nothing.
    public Topology get() {
        AvroSerdes serdes = new AvroSerdes(registry);
        ClassifierMeters counted =
                new ClassifierMeters(meters, settings.format().classes());
        Topics topics = settings.topics();
        Topology topology = new Topology();
        topology.addGlobalStore(
                Stores.keyValueStoreBuilder(
                                Stores.inMemoryKeyValueStore(SERVING_VERSION), Serdes.String(), Serdes.Long())
                        .withLoggingDisabled(),
                "read-serving-weights",
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                topics.servingWeights(),
                "load-weights",
                () -> new LoadWeightsProcessor(weightsDecoder(serdes), settings, serving, counted));
        topology.addSource(
                AutoOffsetReset.earliest(),
                "read-images",
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                topics.images());
        topology.addProcessor(
                "decode-image",
                counted.counted(DecodeProcessor.supplier(
                        () -> imageDecoder(serdes),
                        "classify-image",
                        new DeadLetters(meters).of(topics.images(), Defect.PIXEL_COUNT, Defect.IMAGE_SIZE))),
                "read-images");
        topology.addProcessor("classify-image", () -> new ClassifyProcessor(serving, counted), "decode-image");
        topology.addSink(
                "write-predictions",
                topics.predictions(),
                new StringSerializer(),
                serdes.prediction().serializer(),
                "classify-image");
        topology.addSink(
                DeadLetters.SINK,
                topics.deadLetters(),
                new ByteArraySerializer(),
                new ByteArraySerializer(),
                "decode-image");
        return topology;
    }

    private RecordDecoder<ImageRecord> imageDecoder(AvroSerdes serdes) {
        return new RecordDecoder<>(settings.topics().images(), serdes.image().deserializer(), settings.format()::check);
    }

    private RecordDecoder<WeightSnapshot> weightsDecoder(AvroSerdes serdes) {
        return RecordDecoder.ofSnapshots(settings.topics().servingWeights(), serdes, UnaryOperator.identity());
    }
}
