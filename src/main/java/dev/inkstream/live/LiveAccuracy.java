package dev.inkstream.live;

import dev.inkstream.codec.AvroSerdes;
import dev.inkstream.record.Label;
import dev.inkstream.record.Prediction;
import dev.inkstream.record.RejectReason;
import dev.inkstream.stream.InMemoryStores;
import dev.inkstream.stream.Topic;
import dev.inkstream.stream.intake.DeadLetterSink;
import dev.inkstream.stream.intake.DecodeProcessor;
import dev.inkstream.stream.intake.RecordDecoder;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.StoreBuilder;

/// The part of the evaluator that joins `predictions` and `labels` to `live-evaluations` and `drift-events`.
///
/// Each topic is decoded in a sub-topology of its own, and reduced to a few bytes. Both write to one internal topic,
/// partitioned by image id: the two topics may have any number of partitions, and one task of the join sees both
/// records of an image, in the order of that topic. What the partitions of the join find goes in batches through a
/// second internal topic, of one partition, to the task that sums it, so that there is one count of the whole and
/// windows end once. Only the builder of the DSL can make internal topics; all else is added to the topology it gives.
/// See `docs/adr/0009-time-in-joins.md` and `docs/adr/0012-one-join.md`.
public final class LiveAccuracy {
    static final String WRITE_LIVE_EVALUATIONS = "write-live-evaluations";
    static final String WRITE_DRIFT_EVENTS = "write-drift-events";

    private static final String EVENTS = "outcome-events-by-image-id";
    private static final String BATCHES = "counted-outcomes";
    private static final String OPEN_PREDICTIONS = "open-predictions";
    private static final String OPEN_LABELS = "open-labels";
    private static final String WRITE_LIVE_LABELS = "write-live-labels";
    private static final String READ_LABELS = "read-labels";
    private static final String DECODE_PREDICTION = "decode-prediction";
    private static final String DECODE_LABEL = "decode-label";
    private static final String COLLECT_PREDICTIONS = "collect-predictions";
    private static final String COLLECT_LABELS = "collect-labels";
    private static final String JOIN = "join-prediction-with-label";
    /// Sums what the partitions have found.
    public static final String SUM = "sum-outcomes";

    /// Two sinks and not one: a sink of several parts makes them one.
    private static final String DEAD_PREDICTIONS = "write-dead-predictions";

    private static final String DEAD_LABELS = "write-dead-labels";

    private final LiveModel settings;
    private final MeterRegistry meters;
    private final AvroSerdes serdes;
    private final PairsTo pairs;

    /// @param pairs takes the outcomes of a serving version and its shadow from [#SUM]
    public LiveAccuracy(LiveModel settings, AvroSerdes serdes, MeterRegistry meters, PairsTo pairs) {
        this.settings = settings;
        this.serdes = serdes;
        this.meters = meters;
        this.pairs = pairs;
    }

    /// A topology of this part alone, to add the others to.
    ///
    /// The predictions' sub-topology creates the internal topic by image id. The labels' sub-topology writes to it by
    /// its name; nothing else connects the two.
    public Topology get() {
        StreamsBuilder builder = new StreamsBuilder();
        stores().forEach(builder::addStateStore);
        LiveMeters counters = new LiveMeters(meters, settings.format().classes());
        readPredictions(builder)
                .repartition(Repartitioned.<byte[], byte[]>as(EVENTS)
                        .withKeySerde(Serdes.ByteArray())
                        .withValueSerde(Serdes.ByteArray())
                        .withNumberOfPartitions(settings.live().partitions()))
                .process(
                        () -> new JoinOutcomesProcessor(settings.live(), counters),
                        Named.as(JOIN),
                        JoinOutcomesProcessor.OUTCOMES,
                        JoinOutcomesProcessor.PROGRESS)
                .repartition(Repartitioned.<Integer, byte[]>as(BATCHES)
                        .withKeySerde(Serdes.Integer())
                        .withValueSerde(Serdes.ByteArray())
                        .withNumberOfPartitions(1))
                .process(
                        () -> new SumOutcomesProcessor(settings, counters, pairs),
                        Named.as(SUM),
                        SumOutcomesProcessor.WINDOWS,
                        SumOutcomesProcessor.PROGRESS,
                        SumOutcomesProcessor.SLICES);
        Topology topology = builder.build();
        addLabels(topology);
        addSinks(topology);
        return topology;
    }

    private KStream<byte[], byte[]> readPredictions(StreamsBuilder builder) {
        Topic<String, Prediction> topic = settings.topics().predictions();
        return topic.stream(builder, "read-predictions")
                .process(
                        DecodeProcessor.supplier(
                                this::predictionDecoder,
                                COLLECT_PREDICTIONS,
                                deadLetters(DEAD_PREDICTIONS, topic.name())),
                        Named.as(DECODE_PREDICTION))
                .process(
                        () -> new CollectEventsProcessor(
                                OPEN_PREDICTIONS, settings.live().partitions(), this::reducePrediction),
                        Named.as(COLLECT_PREDICTIONS),
                        OPEN_PREDICTIONS);
    }

    private void addLabels(Topology topology) {
        Topic<String, Label> topic = settings.topics().labels();
        topic.addSource(topology, READ_LABELS);
        topology.addProcessor(
                DECODE_LABEL,
                DecodeProcessor.supplier(this::labelDecoder, COLLECT_LABELS, deadLetters(DEAD_LABELS, topic.name())),
                READ_LABELS);
        topology.addProcessor(
                COLLECT_LABELS,
                () -> new CollectEventsProcessor(OPEN_LABELS, settings.live().partitions(), LiveAccuracy::reduceLabel),
                DECODE_LABEL);
        topology.addStateStore(
                InMemoryStores.cached(OPEN_LABELS, Serdes.Integer(), Serdes.ByteArray()), COLLECT_LABELS);
        topology.addSink(
                WRITE_LIVE_LABELS,
                EVENTS + "-repartition",
                new ByteArraySerializer(),
                new ByteArraySerializer(),
                COLLECT_LABELS);
    }

    private DeadLetterSink deadLetters(String sink, String topic) {
        return new DeadLetterSink(meters, sink).preregister(topic, RejectReason.LABEL_RANGE);
    }

    /// Another model's predictions are not ours to judge.
    private Optional<OutcomeEvent> reducePrediction(byte[] id, long time, long arrivedAt, Object value) {
        Prediction prediction = (Prediction) value;
        return prediction.model().model().equals(settings.model())
                ? Optional.of(new OutcomeEvent(
                        id, time, arrivedAt, prediction.model().version(), prediction.label(), shadow(prediction)))
                : Optional.empty();
    }

    private static Shadow shadow(Prediction prediction) {
        return prediction
                .shadow()
                .map(shadow -> new Shadow(shadow.model().version(), shadow.label()))
                .orElse(Shadow.NONE);
    }

    private static Optional<OutcomeEvent> reduceLabel(byte[] id, long time, long arrivedAt, Object value) {
        return Optional.of(
                new OutcomeEvent(id, time, arrivedAt, OutcomeEvent.NONE, ((Label) value).label(), Shadow.NONE));
    }

    private RecordDecoder<Prediction> predictionDecoder() {
        return settings.topics().predictions().decoder(serdes, prediction -> {
            if (prediction.model().model().equals(settings.model())) {
                settings.format().checkLabel(prediction.label());
            }
            return prediction;
        });
    }

    private RecordDecoder<Label> labelDecoder() {
        return settings.topics().labels().decoder(serdes, label -> {
            settings.format().checkLabel(label.label());
            return label;
        });
    }

    private void addSinks(Topology topology) {
        settings.topics().liveEvaluations().addSink(topology, WRITE_LIVE_EVALUATIONS, serdes, SUM);
        settings.topics().driftEvents().addSink(topology, WRITE_DRIFT_EVENTS, serdes, SUM);
        settings.topics().deadLetters().addSink(topology, DEAD_PREDICTIONS, serdes, DECODE_PREDICTION);
        settings.topics().deadLetters().addSink(topology, DEAD_LABELS, serdes, DECODE_LABEL);
    }

    private static List<StoreBuilder<?>> stores() {
        Serde<String> texts = Serdes.String();
        Serde<byte[]> bytes = Serdes.ByteArray();
        return List.of(
                InMemoryStores.cached(OPEN_PREDICTIONS, Serdes.Integer(), bytes),
                // Not cached: there is mostly a commit between a prediction and its label.
                InMemoryStores.hashed(JoinOutcomesProcessor.OUTCOMES, bytes, bytes),
                InMemoryStores.cached(JoinOutcomesProcessor.PROGRESS, texts, bytes),
                InMemoryStores.cached(SumOutcomesProcessor.WINDOWS, bytes, bytes),
                InMemoryStores.cached(SumOutcomesProcessor.PROGRESS, texts, bytes),
                InMemoryStores.cached(SumOutcomesProcessor.SLICES, bytes, bytes));
    }
}
