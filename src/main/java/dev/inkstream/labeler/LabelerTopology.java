package dev.inkstream.labeler;

import dev.inkstream.codec.AvroSerdes;
import dev.inkstream.codec.SchemaRegistry;
import dev.inkstream.record.ImageRecord;
import dev.inkstream.record.Label;
import dev.inkstream.record.RejectReason;
import dev.inkstream.stream.InMemoryStores;
import dev.inkstream.stream.JoinClock;
import dev.inkstream.stream.Topic;
import dev.inkstream.stream.intake.DeadLetterSink;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/// `images` and `labels` to `labeled-images`: an image and the label of its id become one labeled image, exactly
/// once, whichever comes first.
///
/// Time is event time: the records' timestamps, or the clock when they were read if that is earlier; and stream time,
/// the watermark of [JoinClock], which no single source's clock moves. With a window W:
///
/// - An image and a label are joined if their timestamps are no more than W apart. The labeled image has the later
///   of the two.
/// - A held record expires when stream time is more than W past it. An image is then forgotten. A label is counted as
///   `without_image`, and becomes a dead letter ([dev.inkstream.record.RejectReason#NO_IMAGE]) unchanged. A record that
///   arrives expired and finds no match ends the same way at once.
/// - The first label of an id counts. Another is a `duplicate` while the first waits, and after the join until W past
///   the labeled image; after that it is a label of its own, which again needs an image.
/// - The first image of an id counts. Another is dropped as long as a second label would be a duplicate, or the first
///   image is held.
/// - What is held in memory is bounded. Above the bound, marks of joined images are evicted, then the oldest image or
///   label that waits; both are counted.
///
/// Windows close as records come: when both topics fall silent, labels wait. One that falls silent alone is not waited
/// for.
///
/// The two topics may be partitioned in any way. Each is decoded by itself, and both go through one internal topic,
/// partitioned by image id, so that one task sees both halves, in an order that a restart does not change; what is
/// joined is a function of that log. See `docs/adr/0009-time-in-joins.md`.
public final class LabelerTopology {
    static final String HELD = "held-by-image-id";
    static final String STREAM_TIME = "stream-time";
    static final String WRITE_LABELED_IMAGES = "write-labeled-images";

    private static final String WRITE_LABELS_WITHOUT_IMAGE = "write-labels-without-image";
    private static final String WRITE_LABEL_ARRIVALS = "write-label-arrivals";
    private static final String WRITE_DEAD_IMAGES = "write-dead-images";
    private static final String WRITE_DEAD_LABELS = "write-dead-labels";
    private static final String READ_IMAGES = "read-images";
    private static final String READ_LABELS = "read-labels";
    private static final String DECODE_IMAGE = "decode-image";
    private static final String DECODE_LABEL = "decode-label";
    private static final String JOIN = "join-image-with-label";
    private static final String ARRIVALS = "arrivals-by-image-id";

    private final LabelerSettings settings;
    private final SchemaRegistry registry;
    private final MeterRegistry meters;

    public LabelerTopology(LabelerSettings settings, SchemaRegistry registry, MeterRegistry meters) {
        this.settings = settings;
        this.registry = registry;
        this.meters = meters;
    }

    /// Builds it; starts nothing.
    ///
    /// Images and labels are decoded in a sub-topology each, so that no task waits for one of them to take the other.
    /// The images' makes the internal topic, which only the DSL can; the labels' writes to it by its name, which is
    /// all that connects the two.
    public Topology get() {
        AvroSerdes serdes = new AvroSerdes(registry);
        StreamsBuilder builder = new StreamsBuilder();
        var _ = settings.topics().images().stream(builder, READ_IMAGES)
                .process(decodeImage(serdes), Named.as(DECODE_IMAGE))
                .repartition(Repartitioned.<byte[], byte[]>as(ARRIVALS)
                        .withKeySerde(Serdes.ByteArray())
                        .withValueSerde(Serdes.ByteArray())
                        .withNumberOfPartitions(settings.partitions()))
                .process(join(serdes), Named.as(JOIN));
        Topology topology = builder.build();
        addLabels(topology, serdes);
        addSinks(topology, serdes);
        return topology;
    }

    private void addLabels(Topology topology, AvroSerdes serdes) {
        settings.topics().labels().addSource(topology, READ_LABELS);
        topology.addProcessor(DECODE_LABEL, decodeLabel(serdes), READ_LABELS);
        topology.addSink(
                WRITE_LABEL_ARRIVALS,
                ARRIVALS + "-repartition",
                new ByteArraySerializer(),
                new ByteArraySerializer(),
                DECODE_LABEL);
    }

    /// Each sub-topology has a sink of its own: one that two share would make them one.
    private void addSinks(Topology topology, AvroSerdes serdes) {
        Topic<byte[], byte[]> deadLetters = settings.topics().deadLetters();
        settings.topics().labeledImages().withRawKeys().addSink(topology, WRITE_LABELED_IMAGES, serdes, JOIN);
        deadLetters.addSink(topology, WRITE_LABELS_WITHOUT_IMAGE, serdes, JOIN);
        deadLetters.addSink(topology, WRITE_DEAD_IMAGES, serdes, DECODE_IMAGE);
        deadLetters.addSink(topology, WRITE_DEAD_LABELS, serdes, DECODE_LABEL);
    }

    private ProcessorSupplier<byte[], byte[], byte[], byte[]> decodeImage(AvroSerdes serdes) {
        Topic<String, ImageRecord> topic = settings.topics().images();
        return DecodeArrivalProcessor.supplier(
                () -> topic.decoder(serdes),
                (record, image, where) -> new HeldContent.Image(image),
                new DeadLetterSink(meters, WRITE_DEAD_IMAGES)
                        .preregister(topic.name(), RejectReason.PIXEL_COUNT, RejectReason.IMAGE_SIZE),
                ARRIVALS + "-repartition-filter");
    }

    private ProcessorSupplier<byte[], byte[], byte[], byte[]> decodeLabel(AvroSerdes serdes) {
        Topic<String, Label> topic = settings.topics().labels();
        return DecodeArrivalProcessor.supplier(
                () -> topic.decoder(serdes),
                (record, label, where) -> new HeldContent.Label(new PendingLabel(
                                label.label(),
                                record.timestamp(),
                                PendingLabel.Origin.of(where),
                                record.headers(),
                                record.value())
                        .toBytes()),
                new DeadLetterSink(meters, WRITE_DEAD_LABELS)
                        .preregister(topic.name(), RejectReason.LABEL_RANGE, RejectReason.NO_IMAGE),
                WRITE_LABEL_ARRIVALS);
    }

    private ProcessorSupplier<byte[], byte[], byte[], Object> join(AvroSerdes serdes) {
        DeadLetterSink deadLetters = new DeadLetterSink(meters, WRITE_LABELS_WITHOUT_IMAGE);
        LabelerMeters labels = new LabelerMeters(meters);
        return new ProcessorSupplier<>() {
            @Override
            public Processor<byte[], byte[], byte[], Object> get() {
                return new JoinImageWithLabelProcessor(settings, serdes.image().deserializer(), deadLetters, labels);
            }

            /// Cached, so that of an image joined between two commits only the mark is written, not the pixels.
            @Override
            public Set<StoreBuilder<?>> stores() {
                return Set.of(
                        InMemoryStores.hashedAndCached(HELD, Serdes.ByteArray(), Serdes.ByteArray()),
                        InMemoryStores.cached(STREAM_TIME, Serdes.ByteArray(), Serdes.ByteArray()));
            }
        };
    }
}
