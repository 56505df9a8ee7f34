package dev.inkstream.app.models;

import dev.inkstream.app.cluster.TopicReader;
import dev.inkstream.codec.AvroSerdes;
import dev.inkstream.record.Evaluation;
import dev.inkstream.record.LiveEvaluation;
import dev.inkstream.record.ModelDecision;
import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.DecisionOrder;
import dev.inkstream.stream.KnownDecision;
import dev.inkstream.stream.Topic;
import dev.inkstream.stream.Topics;
import dev.inkstream.stream.intake.RecordDecoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// Reads all models from the topics. It keeps no parameters, so its memory grows with the number of
/// versions and not with their size. Not thread-safe.
final class ModelReader {
    private final Topics topics;
    private final RecordDecoder<WeightSnapshot> snapshots;
    private final RecordDecoder<WeightSnapshot> serving;
    private final RecordDecoder<Evaluation> evaluations;
    private final RecordDecoder<LiveEvaluation> live;
    private final RecordDecoder<ModelDecision> decisions;
    private final LeftOut leftOut;
    private final SortedMap<String, Model> models = new TreeMap<>();
    private final OptionalLong detailed;
    /// By record key, if decisions are signed.
    private final Map<String, DecisionOrder> orders = new HashMap<>();

    /// @param leftOut reports the records that cannot be read
    /// @param detailed the version whose confusion matrix is kept
    ModelReader(Topics topics, AvroSerdes serdes, LeftOut leftOut, OptionalLong detailed) {
        this.topics = topics;
        this.snapshots = topics.weightSnapshots().decoder(serdes);
        this.serving = topics.servingWeights().decoder(serdes);
        this.evaluations = topics.evaluations().decoder(serdes);
        this.live = topics.liveEvaluations().decoder(serdes);
        this.decisions = topics.ledger(serdes);
        this.leftOut = leftOut;
        this.detailed = detailed;
    }

    /// The topics it reads.
    static List<Topic<?, ?>> topics(Topics topics) {
        return List.of(
                topics.weightSnapshots(),
                topics.evaluations(),
                topics.servingWeights(),
                topics.liveEvaluations(),
                topics.modelDecisions());
    }

    /// Reads the topics to their ends as they are now.
    ///
    /// @return the models by name
    SortedMap<String, Model> read(TopicReader reader) throws InterruptedException {
        reader.readAll(topics(topics), leftOut.around(this::add));
        return models;
    }

    private void add(ConsumerRecord<byte[], byte[]> record) {
        String topic = record.topic();
        if (topic.equals(topics.evaluations().name())) {
            Evaluation evaluation = value(evaluations, record);
            model(evaluation.id().model()).evaluation(evaluation);
        } else if (topic.equals(topics.servingWeights().name())) {
            addServing(record);
        } else if (topic.equals(topics.liveEvaluations().name())) {
            LiveEvaluation window = value(live, record);
            model(window.model()).live(window);
        } else if (topic.equals(topics.modelDecisions().name())) {
            ModelDecision decision = value(decisions, record);
            model(decision.model()).ledger().add(decision);
        } else {
            WeightSnapshot snapshot = value(snapshots, record);
            model(snapshot.id().model()).snapshot(snapshot, record.timestamp());
        }
    }

    private void addServing(ConsumerRecord<byte[], byte[]> record) {
        Optional<String> shadowOf = Topics.modelOfShadow(RecordDecoder.key(record.key()));
        if (shadowOf.isPresent() && record.value() == null) {
            serving.checkTombstone(record.headers(), record.key());
            checkOrder(record, null);
            model(shadowOf.get()).noShadow();
            return;
        }
        WeightSnapshot snapshot = value(serving, record);
        checkOrder(record, snapshot.id());
        if (shadowOf.isPresent()) {
            model(shadowOf.get()).shadow(snapshot, record.timestamp());
        } else {
            model(snapshot.id().model()).serving(snapshot, record.timestamp());
        }
    }

    /// As the classifier does it.
    private void checkOrder(ConsumerRecord<byte[], byte[]> record, @Nullable ModelVersion version) {
        if (topics.signatures().checkDecisions()) {
            DecisionOrder order = orders.computeIfAbsent(
                    RecordDecoder.key(record.key()), key -> new DecisionOrder(true, KnownDecision.NONE));
            order.check(record.headers(), version, null);
            order.used(record.headers());
        }
    }

    private static <V> V value(RecordDecoder<V> decoder, ConsumerRecord<byte[], byte[]> record) {
        return decoder.decode(record).value();
    }

    private Model model(String name) {
        return models.computeIfAbsent(name, unknown -> new Model(unknown, detailed));
    }
}
