package dev.inkstream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.classifier.ClassifierSettings;
import dev.inkstream.classifier.ServingModel;
import dev.inkstream.evaluator.DecisionRules;
import dev.inkstream.evaluator.EvaluatorSettings;
import dev.inkstream.evaluator.PromotionPolicy;
import dev.inkstream.labeler.LabelerSettings;
import dev.inkstream.trainer.TrainerSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What a role says that it reads and writes is what its topology reads and writes.
class TopicUseTest {
    private static final String INTERNAL = "-repartition";

    static List<Arguments> roles() {
        return List.of(
                Arguments.of(
                        "classifier",
                        new ClassifierSettings(Samples.TOPICS, Samples.MODEL, Samples.FORMAT).topicUse(),
                        Topologies.classifier(new ServingModel())),
                Arguments.of(
                        "trainer",
                        new TrainerSettings(Samples.TOPICS, Samples.TRAINING, Samples.FORMAT).topicUse(),
                        Topologies.trainer((from, to, reader) -> {})),
                Arguments.of(
                        "evaluator",
                        new EvaluatorSettings(
                                        Samples.TOPICS,
                                        Samples.MODEL,
                                        Samples.FORMAT,
                                        DecisionRules.of(PromotionPolicy.ALWAYS))
                                .topicUse(),
                        Topologies.evaluator(DecisionRules.of(PromotionPolicy.ALWAYS))),
                Arguments.of(
                        "labeler",
                        new LabelerSettings(Samples.TOPICS, Duration.ofHours(1), 64_000_000, 1).topicUse(),
                        Topologies.labeler(new SimpleMeterRegistry())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("roles")
    void isThatOfTheTopology(String role, TopicUse use, Topology topology) {
        Set<String> read = new TreeSet<>();
        Set<String> written = new TreeSet<>();
        TopologyDescription description = topology.describe();
        description.globalStores().forEach(store -> read.addAll(store.source().topicSet()));
        List<TopologyDescription.Node> nodes = new ArrayList<>();
        description.subtopologies().forEach(each -> nodes.addAll(each.nodes()));
        for (TopologyDescription.Node node : nodes) {
            if (node instanceof TopologyDescription.Source source) {
                read.addAll(source.topicSet());
            }
            if (node instanceof TopologyDescription.Sink sink) {
                written.add(sink.topic());
            }
        }
        read.removeIf(topic -> topic.endsWith(INTERNAL));
        written.removeIf(topic -> topic.endsWith(INTERNAL));
        assertThat(names(use.reads())).isEqualTo(read);
        assertThat(names(use.writes())).isEqualTo(written);
        assertThat(names(use.bounding())).contains("t.dead-letters").isSubsetOf(names(use.all()));
    }

    /// Roles rely on the order of these, so each has one partition however many the others have.
    @Test
    void sixTopicsAreOrdered() {
        assertThat(Samples.TOPICS.all().stream()
                        .collect(Collectors.groupingBy(
                                Topic::partitions, Collectors.mapping(Topic::name, Collectors.toSet()))))
                .isEqualTo(Map.of(
                        Topic.Partitions.ORDERED,
                        Set.of(
                                "t.labeled-images",
                                "t.holdout-images",
                                "t.weight-snapshots",
                                "t.serving-weights",
                                "t.model-commands",
                                "t.model-decisions"),
                        Topic.Partitions.SHARED,
                        Set.of("t.images", "t.labels", "t.predictions"),
                        Topic.Partitions.ONE,
                        Set.of(
                                "t.evaluations",
                                "t.live-evaluations",
                                "t.drift-events",
                                "t.dead-letters",
                                "t.redrives")));
    }

    private static Set<String> names(List<Topic<?, ?>> topics) {
        return topics.stream().map(Topic::name).collect(Collectors.toCollection(TreeSet::new));
    }
}
