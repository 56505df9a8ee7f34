package dev.inkstream.live;

import dev.inkstream.codec.AvroSerdes;
import dev.inkstream.record.Label;
import dev.inkstream.record.Prediction;
import dev.inkstream.record.RejectReason;
import dev.inkstream.stream.intake.DeadLetterSink;
import dev.inkstream.stream.intake.DecodeProcessor;
import dev.inkstream.stream.intake.RecordDecoder;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/// The part of the evaluator that joins `predictions` and `labels` to `live-evaluations` and `drift-events`.
///
/// Each is decoded in a sub-topology of its own, and both go through one internal topic of one partition, as a few
/// bytes each: the two topics may have any number of partitions, and one task sees every record, in the order of that
/// topic, so that its counts are those of the whole and windows end once. Only the builder of the DSL can make internal
/// topics; all else is added to the topology it gives. See `docs/adr/0009-time-in-joins.md`.
public final class LiveAccuracy {
    static final String WRITE_LIVE_EVALUATIONS = "write-live-evaluations";
    static final String WRITE_DRIFT_EVENTS = "write-drift-events";

    private static final String INPUTS = "live-inputs";
    private static final String WRITE_LIVE_LABELS = "write-live-labels";
    private static final String READ_LABELS = "read-labels";
    private static final String DECODE_PREDICTION = "decode-prediction";
    private static final String DECODE_LABEL = "decode-label";
    private static final String COMPACT_PREDICTION = "compact-prediction";
    private static final String COMPACT_LABEL = "compact-label";
    private static final String JOIN = "join-prediction-with-label";
    /// Two sinks and not one: a sink of several parts makes them one.
    private static final String DEAD_PREDICTIONS = "write-dead-predictions";

    private static final String DEAD_LABELS = "write-dead-labels";

    private final LiveModel settings;
    private final MeterRegistry meters;
    private final AvroSerdes serdes;

    public LiveAccuracy(LiveModel settings, AvroSerdes serdes, MeterRegistry meters) {
        this.settings = settings;
        this.serdes = serdes;
        this.meters = meters;
    }

    /// A topology of this part alone, to add the others to.
    ///
    /// The predictions' sub-topology makes the internal topic; the labels' writes to it by its name, which is all that
    /// connects the two.
    public Topology get() {
        StreamsBuilder builder = new StreamsBuilder();
        stores().forEach(builder::addStateStore);
        LiveMeters counters = new LiveMeters(meters, settings.format().classes());
        readPredictions(builder)
                .repartition(Repartitioned.<byte[], OutcomeEvent>as(INPUTS)
                        .withKeySerde(Serdes.ByteArray())
                        .withValueSerde(OutcomeEvent.serde())
                        .withNumberOfPartitions(1))
                .process(
                        () -> new JoinPredictionWithLabelProcessor(settings, counters),
                        Named.as(JOIN),
                        JoinPredictionWithLabelProcessor.IMAGES,
                        JoinPredictionWithLabelProcessor.WINDOWS,
                        JoinPredictionWithLabelProcessor.OUTCOMES,
                        JoinPredictionWithLabelProcessor.PROGRESS);
        Topology topology = builder.build();
        addLabels(topology);
        addSinks(topology);
        return topology;
    }

    private KStream<byte[], OutcomeEvent> readPredictions(StreamsBuilder builder) {
        String topic = settings.topics().predictions().name();
        return builder.stream(
                        topic,
                        Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())
                                .withOffsetResetPolicy(AutoOffsetReset.earliest())
                                .withName("read-predictions"))
                .process(
                        DecodeProcessor.supplier(
                                this::predictionDecoder, COMPACT_PREDICTION, deadLetters(DEAD_PREDICTIONS, topic)),
                        Named.as(DECODE_PREDICTION))
                .process(CompactProcessor.supplier(this::compactPrediction), Named.as(COMPACT_PREDICTION));
    }

    private void addLabels(Topology topology) {
        String topic = settings.topics().labels().name();
        topology.addSource(
                AutoOffsetReset.earliest(),
                READ_LABELS,
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                topic);
        topology.addProcessor(
                DECODE_LABEL,
                DecodeProcessor.supplier(this::labelDecoder, COMPACT_LABEL, deadLetters(DEAD_LABELS, topic)),
                READ_LABELS);
        topology.addProcessor(COMPACT_LABEL, CompactProcessor.supplier(LiveAccuracy::compactLabel), DECODE_LABEL);
        topology.addSink(
                WRITE_LIVE_LABELS,
                INPUTS + "-repartition",
                new ByteArraySerializer(),
                OutcomeEvent.serde().serializer(),
                COMPACT_LABEL);
    }

    private DeadLetterSink deadLetters(String sink, String topic) {
        return new DeadLetterSink(meters, sink).preregister(topic, RejectReason.LABEL_RANGE);
    }

    /// Another model's predictions are not ours to judge.
    private Optional<OutcomeEvent> compactPrediction(Object value, long arrivedAt) {
        Prediction prediction = (Prediction) value;
        return prediction.model().model().equals(settings.model())
                ? Optional.of(new OutcomeEvent.Predicted(
                        prediction.label(), arrivedAt, prediction.model().version()))
                : Optional.empty();
    }

    private static Optional<OutcomeEvent> compactLabel(Object value, long arrivedAt) {
        return Optional.of(new OutcomeEvent.Labeled(((Label) value).label(), arrivedAt));
    }

    private RecordDecoder<Prediction> predictionDecoder() {
        return new RecordDecoder<>(
                settings.topics().predictions().name(), serdes.prediction().deserializer(), prediction -> {
                    if (prediction.model().model().equals(settings.model())) {
                        settings.format().checkLabel(prediction.label());
                    }
                    return prediction;
                });
    }

    private RecordDecoder<Label> labelDecoder() {
        return new RecordDecoder<>(
                settings.topics().labels().name(), serdes.label().deserializer(), label -> {
                    settings.format().checkLabel(label.label());
                    return label;
                });
    }

    private void addSinks(Topology topology) {
        topology.addSink(
                WRITE_LIVE_EVALUATIONS,
                settings.topics().liveEvaluations().name(),
                new StringSerializer(),
                serdes.liveEvaluation().serializer(),
                JOIN);
        topology.addSink(
                WRITE_DRIFT_EVENTS,
                settings.topics().driftEvents().name(),
                new StringSerializer(),
                serdes.driftEvent().serializer(),
                JOIN);
        addDeadLetters(topology, DEAD_PREDICTIONS, DECODE_PREDICTION);
        addDeadLetters(topology, DEAD_LABELS, DECODE_LABEL);
    }

    private void addDeadLetters(Topology topology, String name, String parent) {
        topology.addSink(
                name,
                settings.topics().deadLetters().name(),
                new ByteArraySerializer(),
                new ByteArraySerializer(),
                parent);
    }

    private static List<StoreBuilder<?>> stores() {
        return List.of(
                store(JoinPredictionWithLabelProcessor.IMAGES, Serdes.ByteArray()),
                store(JoinPredictionWithLabelProcessor.WINDOWS, Serdes.ByteArray()),
                store(JoinPredictionWithLabelProcessor.OUTCOMES, Serdes.ByteArray()),
                store(JoinPredictionWithLabelProcessor.PROGRESS, Serdes.String()));
    }

    /// In memory, since every record is looked up; cached, since then a commit writes one changelog record for each
    /// key; its changelog in small segments, since a restore reads the whole of the active one.
    private static <K> StoreBuilder<KeyValueStore<K, byte[]>> store(String name, Serde<K> keys) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), keys, Serdes.ByteArray())
                .withLoggingEnabled(Map.of(TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(64 * 1024 * 1024)))
                .withCachingEnabled();
    }
}
