package dev.inkstream.stream;

import dev.inkstream.record.SchemaRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.apache.kafka.streams.Topology;

/// The topologies for the sample model.
final class Topologies {
    private Topologies() {}

    static Topology classifier(ServingModel serving) {
        return classifier(Samples.REGISTRY, serving);
    }

    static Topology classifier(SchemaRegistry registry, ServingModel serving) {
        return classifier(registry, serving, new SimpleMeterRegistry());
    }

    static Topology classifier(SchemaRegistry registry, ServingModel serving, MeterRegistry meters) {
        return new ClassifierTopology(
                        new ClassifierTopology.Settings(Samples.TOPICS, Samples.MODEL, Samples.FORMAT),
                        registry,
                        serving,
                        meters)
                .get();
    }

    static Topology trainer(LabeledLog log) {
        return trainer(log, new SimpleMeterRegistry());
    }

    static Topology trainer(LabeledLog log, MeterRegistry meters) {
        return new TrainerTopology(
                        new TrainerTopology.Settings(Samples.TOPICS, Samples.TRAINING, Samples.FORMAT),
                        Samples.REGISTRY,
                        log,
                        meters)
                .get();
    }

    static Topology evaluator(PromotionPolicy policy) {
        return new EvaluatorTopology(
                        new EvaluatorTopology.Settings(Samples.TOPICS, Samples.MODEL, Samples.FORMAT, policy),
                        Samples.REGISTRY,
                        new SimpleMeterRegistry())
                .get();
    }

    static Topology labeler(MeterRegistry meters) {
        return labeler(Duration.ofHours(1), 64_000_000, meters);
    }

    static Topology labeler(Duration window, long maxBytes, MeterRegistry meters) {
        return new LabelerTopology(
                        new LabelerTopology.Settings(Samples.TOPICS, window, maxBytes, 1), Samples.REGISTRY, meters)
                .get();
    }

    static Topology evaluator(LiveSettings live, MeterRegistry meters) {
        return new EvaluatorTopology(
                        new EvaluatorTopology.Settings(
                                Samples.TOPICS, Samples.MODEL, Samples.FORMAT, PromotionPolicy.always(), live),
                        Samples.REGISTRY,
                        meters)
                .get();
    }
}
