package dev.inkstream.stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.streams.Topology;

/// The three topologies for the sample model.
final class Topologies {
    private Topologies() {}

    static Topology classifier(ServingModel serving) {
        return new ClassifierTopology(
                        new ClassifierTopology.Settings(Samples.TOPICS, Samples.MODEL, Samples.FORMAT),
                        Samples.REGISTRY,
                        serving,
                        new SimpleMeterRegistry())
                .get();
    }

    static Topology trainer(LabeledLog log) {
        return new TrainerTopology(
                        new TrainerTopology.Settings(Samples.TOPICS, Samples.TRAINING, Samples.FORMAT),
                        Samples.REGISTRY,
                        log,
                        new SimpleMeterRegistry())
                .get();
    }

    static Topology evaluator(PromotionPolicy policy) {
        return new EvaluatorTopology(
                        new EvaluatorTopology.Settings(Samples.TOPICS, Samples.MODEL, Samples.FORMAT, policy),
                        Samples.REGISTRY,
                        new SimpleMeterRegistry())
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
