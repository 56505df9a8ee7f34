package dev.inkstream.trainer;

import dev.inkstream.codec.AvroSerdes;
import dev.inkstream.codec.SchemaRegistry;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.record.RejectReason;
import dev.inkstream.stream.RecordLimits;
import dev.inkstream.stream.Topics;
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

/// `labeled-images` to `weight-snapshots`.
///
/// One task, since the topic has one partition: the order of its records is what makes training reproducible.
public final class TrainerTopology {
    static final String CHECKPOINT = "checkpoint";

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
                DeadLetterSink.SINK,
                topics.deadLetters(),
                new ByteArraySerializer(),
                new ByteArraySerializer(),
                "decode-labeled-image");
        return topology;
    }

    private DeadLetterSink deadLetters() {
        return new DeadLetterSink(meters)
                .preregister(
                        settings.topics().labeledImages(),
                        RejectReason.PIXEL_COUNT,
                        RejectReason.IMAGE_SIZE,
                        RejectReason.LABEL_RANGE);
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
                        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                                Integer.toString(TrainerSettings.MAX_CHECKPOINT_BYTES + RecordLimits.BESIDE_VALUE)))
                .withCachingEnabled();
    }
}
