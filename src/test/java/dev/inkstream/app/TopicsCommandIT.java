package dev.inkstream.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.inkstream.stream.TopicSpec;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ClusterExtension.class)
class TopicsCommandIT {

    @Test
    void createsWhatIsMissingAndLeavesTheRest(Cluster cluster) throws Exception {
        CommandRun dry = cluster.run("topics", "create", "--dry-run");
        assertThat(dry.out().lines()).hasSize(14).allMatch(line -> line.startsWith("would create  t"));
        assertThat(cluster.run("topics", "list").out().lines().skip(1))
                .hasSize(14)
                .allMatch(line -> line.endsWith("(missing)"));

        CommandRun first = cluster.run("topics", "create");
        assertThat(first.status()).isZero();
        assertThat(first.out().lines())
                .hasSize(14)
                .allMatch(line -> line.startsWith("created"))
                .contains("created  " + cluster.topics().images().name() + " (4 partitions, delete)")
                .contains("created  " + cluster.topics().servingWeights().name() + " (1 partition, compact)");

        CommandRun second = cluster.run("topics", "create", "--partitions", "8");
        assertThat(second.status()).isZero();
        assertThat(second.out())
                .isEqualTo(first.out()
                        .replace("created", "exists ")
                        .replace("(4 partitions, delete)", "(4 partitions, delete), not the 8 of --partitions"));

        JsonNode list = new ObjectMapper()
                .readTree(cluster.run("topics", "list", "--output", "json").out());
        assertThat(list).hasSize(14);
        for (TopicSpec spec : cluster.topics().specs(4)) {
            assertThat(list).anySatisfy(topic -> {
                assertThat(topic.path("name").asText()).isEqualTo(spec.name());
                assertThat(topic.path("partitions").asInt()).isEqualTo(spec.partitions());
                assertThat(topic.path("offsets").asLong(-1)).isZero();
                assertThat(topic.path("cleanupPolicy").asText())
                        .isEqualTo(spec.config().get("cleanup.policy"));
            });
        }
    }

    @Test
    void createsWhatIsMissingIfTheOthersHaveMorePartitions(Cluster cluster) throws Exception {
        create(cluster, cluster.topics().images().name(), 3);
        create(cluster, cluster.topics().labels().name(), 6);

        CommandRun run = cluster.run("topics", "create");

        assertThat(run.status()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines())
                .contains(
                        "exists   " + cluster.topics().images().name() + " (3 partitions, delete)",
                        "exists   " + cluster.topics().labels().name() + " (6 partitions, delete)",
                        "created  " + cluster.topics().predictions().name() + " (3 partitions, delete)");
    }

    @Test
    void aTopicThatNoRoleCanUseIsOneSentenceAndTheRestIsCreated(Cluster cluster) throws Exception {
        create(cluster, cluster.topics().labeledImages().name(), 2);

        CommandRun run = cluster.run("topics", "create");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out().lines())
                .filteredOn(line -> line.startsWith("created"))
                .hasSize(13);
        assertThat(run.err())
                .isEqualTo(
                        "inkstream: " + cluster.topics().labeledImages().name() + " has 2 partitions; it must have 1;"
                                + " change or delete what is wrong, or choose another --topic-prefix\n");
    }

    private static void create(Cluster cluster, String topic, int partitions) throws Exception {
        try (Admin admin = Admin.create(cluster.kafka().admin())) {
            admin.createTopics(List.of(new NewTopic(topic, Optional.of(partitions), Optional.empty())))
                    .all()
                    .get();
            // createTopics returns before the broker has the metadata.
            await().until(() -> admin.listTopics().names().get().contains(topic));
        }
    }

    /// Kafka ignores a setting that it does not know, and so would connect without TLS.
    @Test
    void aSettingThatNobodyKnowsIsNamed(Cluster cluster) {
        CommandRun run = cluster.run("topics", "list", "--command-property", "securty.protocol=SSL");

        assertThat(run.status()).isZero();
        assertThat(run.log())
                .containsExactly("WARN Kafka's clients have no setting securty.protocol (did you mean"
                        + " security.protocol?); correct the name, unless it is a plug-in's");
    }

    @Test
    void tooManyCopiesAreOneSentence(Cluster cluster) {
        CommandRun run = cluster.run("topics", "create", "--replication-factor", "3");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .startsWith("inkstream: Kafka at " + cluster.address() + " cannot keep that many replicas (")
                .endsWith("): lower --replication-factor\n");
    }

    @Test
    void wrongOptionsAreUsageErrors() {
        assertThat(CommandRun.start("topics", "create", "--partitions", "0").status())
                .isEqualTo(2);
        assertThat(CommandRun.start("topics", "create", "--replication-factor", "0")
                        .status())
                .isEqualTo(2);
        CommandRun unknown = CommandRun.start("topics", "make");
        assertThat(unknown.status()).isEqualTo(2);
        assertThat(unknown.err())
                .isEqualTo("inkstream: unknown command 'make'; 'inkstream topics --help' lists the commands\n");
    }
}
