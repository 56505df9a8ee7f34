package dev.inkstream.app;

import static dev.inkstream.app.Samples.id;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ClusterExtension.class)
class ModelsCommandIT {

    @Test
    void listsAndShowsWhatIsOnTheTopics(Cluster cluster) throws Exception {
        cluster.withTopics();
        cluster.send(true, records(cluster));
        cluster.send(false, List.of(snapshot(cluster.topics().servingWeights().name(), "digits", 9)));

        assertThat(cluster.run("models", "list").out()).isEqualTo("""
                        MODEL   VERSIONS  SERVING  HOLDOUT  EXAMPLES  LAYERS  WEIGHTS
                        digits         3  v1        90.0 %%     1,000  4-3-2   %s
                        other          1  -              -         -  -       -
                        """.formatted(sha(1)));
        assertThat(cluster.run("models", "show", "digits").out())
                .isEqualTo("""
                        VERSION  EXAMPLES  RECENT    LOSS  HOLDOUT    LOSS  PROMOTED  WEIGHTS
                             v0         0       -       -        -       -  -         %s
                             v1     1,000  90.0 %  0.2500   90.0 %  0.5000  yes       %s  serving
                             v2     2,000  90.0 %  0.2500   90.0 %  0.5000  no        %s
                        """.replace("90.0 %", "90.0 %%").formatted(sha(0), sha(1), sha(2)));
        assertThat(cluster.run("models", "show", "digits", "--version", "1").out())
                .isEqualTo("""
                        model     digits
                        version   1 (serving)
                        weights   SHA-256 %s
                        examples  1,000
                        log       mini-batch 100, up to offset 999
                        recent    90.0 %% of 1,000 examples correct, mean loss 0.2500
                        layers    4-3-2, relu hidden, softmax output
                        training  preset=modern seed=1
                        holdout   90.0 %% of 100 images correct, mean loss 0.5000, promoted

                        label \\ prediction     0     1
                                         0    40    10
                                         1     .    50
                        """.formatted(id("digits", 1).weights()));
        checkJson(cluster);
    }

    private static void checkJson(Cluster cluster) throws Exception {
        ObjectMapper json = new ObjectMapper();
        JsonNode list =
                json.readTree(cluster.run("models", "list", "--output", "json").out());
        assertThat(list.findValuesAsText("versions")).containsExactly("3", "1");
        assertThat(list.at("/0/serving/version").asLong()).isEqualTo(1);
        assertThat(list.get(1).has("serving")).isFalse();
        JsonNode all = json.readTree(
                cluster.run("models", "show", "digits", "--output", "json").out());
        assertThat(all.path("versions")).hasSize(3);
        assertThat(all.at("/versions/2/holdout/promoted").asBoolean(true)).isFalse();
        assertThat(all.at("/versions/2/holdout").has("confusion")).isFalse();
        JsonNode one = json.readTree(cluster.run("models", "show", "digits", "--version", "2", "--output", "json")
                .out());
        assertThat(one.at("/holdout/confusion")).hasToString("[[40,10],[0,50]]");
        assertThat(one.path("weightsSha256").asText())
                .isEqualTo(id("digits", 2).weights().toString());
    }

    @Test
    void whatIsNotThereIsOneSentence(Cluster cluster) {
        cluster.withTopics();
        assertThat(cluster.run("models", "list").err())
                .isEqualTo("there is no model yet: a trainer publishes the first version\n");

        cluster.send(true, records(cluster));

        assertFailure(cluster.run("models", "show"), 2, "MODEL is missing; it must be one of digits, other");
        assertFailure(cluster.run("models", "show", "x"), 1, "MODEL is 'x'; it must be one of digits, other");
        assertFailure(
                cluster.run("models", "show", "digits", "--version", "7"),
                1,
                "--version is 7; it must be a version that the topics still have of model digits");
    }

    @Test
    void aRecordThatCannotBeReadIsLeftOut(Cluster cluster) {
        cluster.withTopics();
        String snapshots = cluster.topics().weightSnapshots().name();
        cluster.send(
                true,
                List.of(new ProducerRecord<>(snapshots, "digits", new byte[] {1}), snapshot(snapshots, "digits", 0)));

        CommandRun run = cluster.run("models", "list");

        assertThat(run.status()).isZero();
        assertThat(run.out()).hasLineCount(2);
        assertThat(run.err()).startsWith(snapshots + "-0@0 is left out: ").hasLineCount(1);
    }

    private static void assertFailure(CommandRun run, int status, String sentence) {
        assertThat(run.status()).isEqualTo(status);
        assertThat(run.err()).isEqualTo("inkstream: " + sentence + "\n");
        assertThat(run.out()).isEmpty();
    }

    private static List<ProducerRecord<String, byte[]>> records(Cluster cluster) {
        String snapshots = cluster.topics().weightSnapshots().name();
        return List.of(
                snapshot(snapshots, "digits", 0),
                snapshot(snapshots, "digits", 1),
                snapshot(snapshots, "digits", 2),
                snapshot(snapshots, "other", 0),
                snapshot(cluster.topics().servingWeights().name(), "digits", 0),
                snapshot(cluster.topics().servingWeights().name(), "digits", 1),
                evaluation(cluster, 1, true),
                evaluation(cluster, 2, false));
    }

    private static ProducerRecord<String, byte[]> snapshot(String topic, String model, long version) {
        return Samples.record(topic, model, Cluster.SERDES.weightSnapshot(), Samples.snapshot(model, version));
    }

    private static ProducerRecord<String, byte[]> evaluation(Cluster cluster, long version, boolean promoted) {
        return Samples.record(
                cluster.topics().evaluations().name(),
                "digits",
                Cluster.SERDES.evaluation(),
                Samples.evaluation("digits", version, promoted));
    }

    private static String sha(long version) {
        return id("digits", version).weights().abbreviated();
    }
}
