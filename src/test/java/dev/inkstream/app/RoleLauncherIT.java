package dev.inkstream.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.app.topics.TopicCreation;
import dev.inkstream.stream.TopicSpec;
import dev.inkstream.stream.Topics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ClusterExtension.class)
class RoleLauncherIT {
    private final Cluster cluster;
    private final Topics topics;

    RoleLauncherIT(Cluster cluster) {
        this.cluster = cluster;
        this.topics = cluster.topics();
    }

    @Test
    void everyMissingTopicIsNamed() {
        assertFailure(
                cluster.run("classifier", "--monitor-port", "off", "--wait", "0s"),
                missing(
                        topics.deadLetters().name(),
                        topics.images().name(),
                        topics.predictions().name(),
                        topics.servingWeights().name()));
        assertFailure(
                cluster.run("trainer", "--monitor-port", "off", "--wait", "0s"),
                missing(
                        topics.deadLetters().name(),
                        topics.labeledImages().name(),
                        topics.weightSnapshots().name()));
        assertFailure(
                cluster.run("evaluator", "--monitor-port", "off", "--wait", "0s"),
                missing(
                        topics.deadLetters().name(),
                        topics.driftEvents().name(),
                        topics.evaluations().name(),
                        topics.holdoutImages().name(),
                        topics.labels().name(),
                        topics.liveEvaluations().name(),
                        topics.modelCommands().name(),
                        topics.modelDecisions().name(),
                        topics.predictions().name(),
                        topics.servingWeights().name(),
                        topics.weightSnapshots().name()));
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
            assertThat(run.err()).isEmpty();
            assertThat(run.log())
                    .as(role)
                    .singleElement()
                    .asString()
                    .matches("ERROR topic \\S+ has 2 partitions, but it must have exactly 1: the order of its"
                            + " records matters");
        }
    }

    @Test
    void aRoleRunsUntilItIsToldToStop() {
        cluster.withTopics();
        CommandRun classifier = cluster.start("classifier");
        classifier.awaitThat(() -> hasLine(classifier, "works on"));

        assertThat(classifier.stop().status()).isZero();
        assertThat(classifier.err()).isEmpty();
        assertThat(classifier.log())
                .contains("INFO classifier: waiting for the first weights of model digits on "
                        + topics.servingWeights().name())
                .endsWith("INFO stopped")
                .allMatch(line -> line.startsWith("INFO "));
        assertThat(classifier.out()).isEmpty();
    }

    /// The failure happens on a thread of Kafka Streams, and still ends the command with its sentence.
    @Test
    void aModelKeepsToTheSettingsItBeganWith() {
        cluster.withTopics();
        CommandRun trainer = cluster.start("trainer", "--seed", "1");
        trainer.awaitThat(
                () -> !cluster.committed(topics.weightSnapshots().name()).isEmpty());
        assertThat(trainer.stop().status()).isZero();

        CommandRun other = cluster.run("trainer", "--seed", "2");

        assertThat(other.status()).isEqualTo(1);
        assertThat(other.log().stream().filter(line -> line.startsWith("ERROR ")))
                .singleElement()
                .isEqualTo("ERROR --seed is 2; model digits has 1. Start the trainer with the settings of the model,"
                        + " or start another model with --model NAME");
    }

    @Test
    void aRoleWaitsForItsTopics() {
        CommandRun trainer = cluster.start("trainer", "--monitor-port", "off");
        trainer.awaitThat(() -> hasLine(trainer, "waiting up to 60 s: there are no topics "));
        cluster.withTopics();

        trainer.awaitThat(() -> hasLine(trainer, "works on"));
        assertThat(trainer.stop().status()).isZero();
        assertThat(trainer.log().stream().filter(line -> line.startsWith("INFO waiting")))
                .hasSize(1);
    }

    @Test
    void aSecondTrainerLeavesTheFirstAlone() {
        cluster.withTopics();
        CommandRun first = cluster.start("trainer", "--monitor-port", "off");
        first.awaitThat(() -> hasLine(first, "works on"));

        CommandRun second = cluster.run("trainer", "--monitor-port", "off");
        assertFailure(
                second,
                "instance trainer of " + topics.prefix() + "trainer-digits is running at 127.0.0.1; stop it first, or"
                        + " give this one another --instance-id");
        assertThat(first.stop().status()).isZero();

        // A clean stop releases the instance id at once, though the group keeps the static member.
        CommandRun third = cluster.start("trainer", "--monitor-port", "off");
        third.awaitThat(() -> hasLine(third, "works on"));
        assertThat(third.stop().status()).isZero();
    }

    /// It would take partitions, and classify nothing.
    @Test
    void settingsThatDoNotFitWhatServesStopARoleBeforeItJoins() {
        cluster.withTopics();
        cluster.serving(3);
        for (String role : List.of("classifier", "evaluator")) {
            assertFailure(
                    cluster.run(role, "--monitor-port", "off", "--image-size", "2x3", "--classes", "2"),
                    "model digits v3 has the layers 4-3-2, but this " + role + " was started with --image-size 2x3 and"
                            + " --classes 2, which need 6 inputs and 2 outputs; start it with the settings of its"
                            + " trainer, or with another --model NAME");
        }
    }

    @Test
    void topicsThatVanishAreOneSentence() throws Exception {
        cluster.withTopics();
        CommandRun labeler =
                cluster.start("labeler", "--monitor-port", "off", "--command-property", "metadata.max.age.ms=500");
        labeler.awaitThat(() -> hasLine(labeler, "works on"));
        try (Admin admin = Admin.create(cluster.kafka().admin())) {
            admin.deleteTopics(List.of(topics.images().name(), topics.labels().name()))
                    .all()
                    .get();
        }

        assertThat(labeler.status()).isEqualTo(1);
        assertThat(labeler.log())
                .filteredOn(line -> line.startsWith("ERROR "))
                .containsExactly("ERROR a topic that it reads is gone at " + cluster.address()
                        + "; create what is missing with 'inkstream topics create' and the same options for cluster"
                        + " and prefix");
    }

    private static boolean hasLine(CommandRun run, String part) {
        return run.log().stream().anyMatch(line -> line.contains(part));
    }

    private static String missing(String... names) {
        return "there are no topics " + String.join(", ", names)
                + "; create what is missing with 'inkstream topics create' and the same options for cluster and prefix";
    }

    private static void assertFailure(CommandRun run, String sentence) {
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).isEmpty();
        assertThat(run.log()).filteredOn(line -> line.startsWith("ERROR ")).containsExactly("ERROR " + sentence);
        assertThat(run.out()).isEmpty();
    }
}
