package dev.inkstream.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.app.cluster.TopicCreation;
import dev.inkstream.stream.TopicSpec;
import dev.inkstream.stream.Topics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

@ExtendWith(ClusterExtension.class)
class RoleCommandTest {
    private final Cluster cluster;
    private final Topics topics;

    RoleCommandTest(Cluster cluster) {
        this.cluster = cluster;
        this.topics = cluster.topics();
    }

    @Test
    void everyMissingTopicIsNamed() {
        assertFailure(
                cluster.run("classifier", "--monitor-port", "off"),
                missing(topics.deadLetters(), topics.images(), topics.predictions(), topics.servingWeights()));
        assertFailure(
                cluster.run("trainer", "--monitor-port", "off"),
                missing(topics.deadLetters(), topics.labeledImages(), topics.weightSnapshots()));
        assertFailure(
                cluster.run("evaluator", "--monitor-port", "off"),
                missing(
                        topics.deadLetters(),
                        topics.driftEvents(),
                        topics.evaluations(),
                        topics.holdoutImages(),
                        topics.labels(),
                        topics.liveEvaluations(),
                        topics.predictions(),
                        topics.servingWeights(),
                        topics.weightSnapshots()));
    }

    @Test
    void aTopicWhoseOrderMattersHasOnePartition() throws Exception {
        List<TopicSpec> twoOfEach = topics.specs(2).stream()
                .map(spec -> new TopicSpec(spec.name(), 2, Map.of()))
                .toList();
        try (Admin admin = Admin.create(cluster.kafka().admin())) {
            assertThat(TopicCreation.create(admin, twoOfEach, Optional.empty())).hasSize(twoOfEach.size());
        }
        for (String role : List.of("classifier", "trainer", "evaluator", "labeler")) {
            CommandRun run = cluster.run(role, "--monitor-port", "off");
            assertThat(run.status()).as(role).isEqualTo(1);
            assertThat(run.err())
                    .as(role)
                    .matches("inkstream: topic \\S+ has 2 partitions, but it must have exactly 1: the order of its"
                            + " records matters\n");
        }
    }

    @Test
    void aRoleRunsUntilItIsToldToStop() {
        cluster.withTopics();
        CommandRun classifier = cluster.start("classifier");
        classifier.awaitThat(() -> classifier.err().contains("works on"));

        assertThat(classifier.stop().status()).isZero();
        assertThat(classifier.err())
                .contains("classifier: waiting for the first weights of model digits on " + topics.servingWeights())
                .doesNotContain("inkstream:");
        assertThat(classifier.out()).isEmpty();
    }

    /// The failure happens on a thread of Kafka Streams, and still ends the command with its sentence.
    @Test
    void aModelKeepsToTheSettingsItBeganWith() {
        cluster.withTopics();
        CommandRun trainer = cluster.start("trainer", "--seed", "1");
        trainer.awaitThat(() -> !cluster.committed(topics.weightSnapshots()).isEmpty());
        assertThat(trainer.stop().status()).isZero();

        CommandRun other = cluster.run("trainer", "--seed", "2");

        assertThat(other.status()).isEqualTo(1);
        assertThat(other.err().lines().filter(line -> line.startsWith("inkstream: ")))
                .singleElement()
                .asString()
                .startsWith("inkstream: model digits was trained with [seed=1 ")
                .endsWith("start it with the same settings, or begin another model with --model NAME");
        // What the command has told is not logged as well, with its stack trace.
        assertThat(LoggerFactory.getLogger(KafkaStreams.class).isErrorEnabled()).isFalse();
    }

    @Test
    void anotherTrainerTakesOver() {
        cluster.withTopics();
        CommandRun first = cluster.start("trainer", "--monitor-port", "off");
        first.awaitThat(() -> first.err().contains("works on"));
        CommandRun second = cluster.start("trainer", "--monitor-port", "off");

        assertThat(first.status()).isEqualTo(1);
        assertThat(first.err())
                .endsWith("inkstream: another trainer has taken over at " + cluster.address()
                        + ": run one for each model\n");
        assertThat(second.stop().status()).isZero();
    }

    @Test
    void topicsThatVanishAreOneSentence() throws Exception {
        cluster.withTopics();
        CommandRun labeler =
                cluster.start("labeler", "--monitor-port", "off", "--command-property", "metadata.max.age.ms=500");
        labeler.awaitThat(() -> labeler.err().contains("works on"));
        try (Admin admin = Admin.create(cluster.kafka().admin())) {
            admin.deleteTopics(List.of(topics.images(), topics.labels())).all().get();
        }

        assertThat(labeler.status()).isEqualTo(1);
        assertThat(labeler.err())
                .endsWith("inkstream: a topic that it reads is gone at " + cluster.address()
                        + "; create what is missing with 'inkstream topics create' and the same options for cluster"
                        + " and prefix\n");
    }

    private static String missing(String... names) {
        return "there are no topics " + String.join(", ", names)
                + "; create what is missing with 'inkstream topics create' and the same options for cluster and prefix";
    }

    private static void assertFailure(CommandRun run, String sentence) {
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).isEqualTo("inkstream: " + sentence + "\n");
        assertThat(run.out()).isEmpty();
    }
}
