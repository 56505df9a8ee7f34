package dev.inkstream.trainer;

import dev.inkstream.codec.AvroSerdes;
import dev.inkstream.codec.SchemaRegistry;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.record.RejectReason;
import dev.inkstream.stream.InMemoryStores;
import dev.inkstream.stream.LargestRecords;
import dev.inkstream.stream.Topics;
import dev.inkstream.stream.intake.DeadLetterSink;
import dev.inkstream.stream.intake.DecodeProcessor;
import dev.inkstream.stream.intake.RecordDecoder;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;

/// `labeled-images` to `weight-snapshots`.
///
/// One task, since the topic has one partition: the order of its records is what makes training reproducible.
public final class TrainerTopology {
    static final String CHECKPOINT = "checkpoint";
    static final String WRITE_WEIGHT_SNAPSHOTS = "write-weight-snapshots";
    private static final String TRAIN = "train-network";

    private final TrainerSettings settings;
    private final SchemaRegistry registry;
    private final MeterRegistry meters;
    private final LabeledLog log;

    /// @param log reads `labeled-images` again after a restart
    public TrainerTopology(TrainerSettings settings, SchemaRegistry registry, LabeledLog log, MeterRegistry meters) {
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
        DeadLetterSink deadLetters = deadLetters();
        Topics topics = settings.topics();
        Topology topology = new Topology();
        topics.labeledImages().addSource(topology, "read-labeled-images");
        topology.addProcessor(
                "decode-labeled-image",
                DecodeProcessor.withoutClock(() -> decoder(serdes), TRAIN, deadLetters),
                "read-labeled-images");
        topology.addProcessor(
                TRAIN,
                () -> new TrainProcessor(
                        settings,
                        new LabeledExamples(log, decoder(serdes), settings.applicationId()),
                        counted,
                        deadLetters),
                "decode-labeled-image");
        // Cached: a commit writes one changelog record however many versions it holds.
        topology.addStateStore(
                InMemoryStores.cached(
                        CHECKPOINT,
                        Serdes.String(),
                        Serdes.ByteArray(),
                        TrainerSettings.MAX_CHECKPOINT_BYTES + LargestRecords.BESIDE_VALUE),
                TRAIN);
        topics.weightSnapshots().addSink(topology, WRITE_WEIGHT_SNAPSHOTS, serdes, TRAIN);
        topics.deadLetters().addSink(topology, DeadLetterSink.SINK, serdes, "decode-labeled-image", TRAIN);
        return topology;
    }

    private DeadLetterSink deadLetters() {
        return new DeadLetterSink(meters)
                .preregister(
                        settings.topics().labeledImages().name(),
                        RejectReason.PIXEL_COUNT,
                        RejectReason.IMAGE_SIZE,
                        RejectReason.LABEL_RANGE,
                        RejectReason.DIVERGED);
    }

    private RecordDecoder<LabeledImage> decoder(AvroSerdes serdes) {
        return settings.topics().labeledImages().decoder(serdes, settings.format()::check);
    }
}
