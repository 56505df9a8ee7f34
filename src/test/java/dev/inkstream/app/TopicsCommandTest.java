package dev.inkstream.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.inkstream.stream.TopicSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ClusterExtension.class)
class TopicsCommandTest {

    @Test
    void createsWhatIsMissingAndLeavesTheRest(Cluster cluster) throws Exception {
        CommandRun dry = cluster.run("topics", "create", "--dry-run");
        assertThat(dry.out().lines()).hasSize(11).allMatch(line -> line.startsWith("would create  t"));
        assertThat(cluster.run("topics", "list").out().lines().skip(1))
                .hasSize(11)
                .allMatch(line -> line.endsWith("(missing)"));

        CommandRun first = cluster.run("topics", "create");
        assertThat(first.status()).isZero();
        assertThat(first.out().lines())
                .hasSize(11)
                .allMatch(line -> line.startsWith("created"))
                .contains("created  " + cluster.topics().images() + " (4 partitions, delete)")
                .contains("created  " + cluster.topics().servingWeights() + " (1 partition, compact)");

        CommandRun second = cluster.run("topics", "create", "--partitions", "8");
        assertThat(second.status()).isZero();
        assertThat(second.out()).isEqualTo(first.out().replace("created", "exists "));

        JsonNode list = new ObjectMapper()
                .readTree(cluster.run("topics", "list", "--output", "json").out());
        assertThat(list).hasSize(11);
        for (TopicSpec spec : cluster.topics().specs(4)) {
            assertThat(list).anySatisfy(topic -> {
                assertThat(topic.path("name").asText()).isEqualTo(spec.name());
                assertThat(topic.path("partitions").asInt()).isEqualTo(spec.partitions());
                assertThat(topic.path("records").asLong(-1)).isZero();
                assertThat(topic.path("cleanupPolicy").asText())
                        .isEqualTo(spec.config().get("cleanup.policy"));
            });
        }
    }

    @Test
    void tooManyCopiesAreOneSentence(Cluster cluster) {
        CommandRun run = cluster.run("topics", "create", "--replication-factor", "3");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .startsWith("inkstream: Kafka at " + cluster.address() + " cannot keep that many copies (")
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
