package dev.inkstream.classifier;

import dev.inkstream.codec.AvroSerdes;
import dev.inkstream.codec.SchemaRegistry;
import dev.inkstream.record.ImageRecord;
import dev.inkstream.record.RejectReason;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.Topics;
import dev.inkstream.stream.intake.DeadLetterSink;
import dev.inkstream.stream.intake.DecodeProcessor;
import dev.inkstream.stream.intake.RecordDecoder;
import io.micrometer.core.instrument.MeterRegistry;
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

    private final ClassifierSettings settings;
    private final SchemaRegistry registry;
    private final MeterRegistry meters;
    private final ServingModel serving;

    public ClassifierTopology(
            ClassifierSettings settings, SchemaRegistry registry, ServingModel serving, MeterRegistry meters) {
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
                        new DeadLetterSink(meters)
                                .preregister(topics.images(), RejectReason.PIXEL_COUNT, RejectReason.IMAGE_SIZE))),
                "read-images");
        topology.addProcessor("classify-image", () -> new ClassifyProcessor(serving, counted), "decode-image");
        topology.addSink(
                "write-predictions",
                topics.predictions(),
                new StringSerializer(),
                serdes.prediction().serializer(),
                "classify-image");
        topology.addSink(
                DeadLetterSink.SINK,
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
