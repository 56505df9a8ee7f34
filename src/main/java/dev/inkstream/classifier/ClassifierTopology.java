package dev.inkstream.classifier;

import dev.inkstream.codec.AvroSerdes;
import dev.inkstream.codec.SchemaRegistry;
import dev.inkstream.record.RejectReason;
import dev.inkstream.stream.InMemoryStores;
import dev.inkstream.stream.Topics;
import dev.inkstream.stream.intake.DeadLetterSink;
import dev.inkstream.stream.intake.DecodeProcessor;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;

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
                InMemoryStores.global(SERVING_VERSION, Serdes.String(), Serdes.Long()),
                "read-serving-weights",
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                topics.servingWeights().name(),
                "load-weights",
                () -> new LoadWeightsProcessor(topics.servingWeights().decoder(serdes), settings, serving, counted));
        topics.images().addSource(topology, "read-images");
        topology.addProcessor(
                "decode-image",
                counted.counted(DecodeProcessor.withRawKeys(
                        () -> topics.images().decoder(serdes, settings.format()::check),
                        "classify-image",
                        new DeadLetterSink(meters)
                                .preregister(
                                        topics.images().name(), RejectReason.PIXEL_COUNT, RejectReason.IMAGE_SIZE))),
                "read-images");
        topology.addProcessor(
                "classify-image",
                () -> new ClassifyProcessor(
                        serving, serdes.predictionEncoder(topics.predictions().name()), counted),
                "decode-image");
        topics.predictions().encoded().addSink(topology, "write-predictions", serdes, "classify-image");
        topics.deadLetters().addSink(topology, DeadLetterSink.SINK, serdes, "decode-image");
        return topology;
    }
}
