package dev.inkstream.stream;

import dev.inkstream.classifier.ClassifierSettings;
import dev.inkstream.classifier.ClassifierTopology;
import dev.inkstream.classifier.ServingModel;
import dev.inkstream.codec.SchemaRegistry;
import dev.inkstream.evaluator.DecisionRules;
import dev.inkstream.evaluator.EvaluatorSettings;
import dev.inkstream.evaluator.EvaluatorTopology;
import dev.inkstream.evaluator.PastRecords;
import dev.inkstream.evaluator.PromotionPolicy;
import dev.inkstream.labeler.LabelerSettings;
import dev.inkstream.labeler.LabelerTopology;
import dev.inkstream.live.LiveSettings;
import dev.inkstream.trainer.LabeledLog;
import dev.inkstream.trainer.TrainerSettings;
import dev.inkstream.trainer.TrainerTopology;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.apache.kafka.streams.Topology;

/// The topologies for the sample model.
public final class Topologies {
    public static final PastRecords.OfModel NO_PAST = new PastRecords.OfModel(
            new RememberedRecords("snapshots"), new RememberedRecords("decisions"), new RememberedRecords("serving"));

    private Topologies() {}

    public static Topology classifier(ServingModel serving) {
        return classifier(Samples.REGISTRY, serving);
    }

    public static Topology classifier(SchemaRegistry registry, ServingModel serving) {
        return classifier(registry, serving, new SimpleMeterRegistry());
    }

    public static Topology classifier(SchemaRegistry registry, ServingModel serving, MeterRegistry meters) {
        return new ClassifierTopology(
                        new ClassifierSettings(Samples.TOPICS, Samples.MODEL, Samples.FORMAT),
                        registry,
                        serving,
                        meters)
                .get();
    }

    public static Topology trainer(LabeledLog log) {
        return trainer(log, new SimpleMeterRegistry());
    }

    public static Topology trainer(LabeledLog log, MeterRegistry meters) {
        return new TrainerTopology(
                        new TrainerSettings(Samples.TOPICS, Samples.TRAINING, Samples.FORMAT),
                        Samples.REGISTRY,
                        log,
                        meters)
                .get();
    }

    public static Topology evaluator(DecisionRules rules) {
        return new EvaluatorTopology(
                        new EvaluatorSettings(Samples.TOPICS, Samples.MODEL, Samples.FORMAT, rules),
                        Samples.REGISTRY,
                        NO_PAST,
                        new SimpleMeterRegistry())
                .get();
    }

    public static Topology labeler(MeterRegistry meters) {
        return labeler(Duration.ofHours(1), 64_000_000, meters);
    }

    public static Topology labeler(Duration window, long maxBytes, MeterRegistry meters) {
        return new LabelerTopology(new LabelerSettings(Samples.TOPICS, window, maxBytes, 1), Samples.REGISTRY, meters)
                .get();
    }

    public static Topology evaluator(LiveSettings live, MeterRegistry meters) {
        return new EvaluatorTopology(
                        new EvaluatorSettings(
                                Samples.TOPICS,
                                Samples.MODEL,
                                Samples.FORMAT,
                                DecisionRules.of(PromotionPolicy.ALWAYS),
                                live),
                        Samples.REGISTRY,
                        NO_PAST,
                        meters)
                .get();
    }
}
