package dev.inkstream.app;

import static dev.inkstream.app.Samples.id;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.inkstream.record.ConfusionMatrix;
import dev.inkstream.record.LiveEvaluation;
import dev.inkstream.record.ModelDecision;
import dev.inkstream.record.ModelDecision.Evidence;
import dev.inkstream.record.ModelDecision.Kind;
import dev.inkstream.record.ModelDecision.Mode;
import dev.inkstream.record.ModelDecision.Origin;
import dev.inkstream.record.ModelDecision.Standing;
import dev.inkstream.record.ModelDecision.Subject;
import dev.inkstream.stream.Topics;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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

        assertThat(withoutTimes(cluster.run("models", "list").out())).isEqualTo("""
                        MODEL   VERSIONS  SERVING  HOLDOUT    LIVE  SHADOW  MODE       WEIGHTS       AGE  DECISION        ALIASES
                        digits         3  v1        90.0 %%  75.0 %%  v2      following  %s  AGE  5: shadowed v2  champion=v1
                        other          1  -              -       -  -       -          -               -  -
                        """.formatted(sha(1)));
        assertThat(withoutTimes(cluster.run("models", "show").out()))
                .isEqualTo("""
                        VERSION  EXAMPLES  RECENT    LOSS  HOLDOUT    LOSS    LIVE  AGE  DECISION  WEIGHTS
                             v0         0       -       -        -       -       -  AGE  -         %s
                             v1     1,000  90.0 %  0.2500   90.0 %  0.5000  75.0 %  AGE  aliased   %s  serving, champion
                             v2     2,000  90.0 %  0.2500   90.0 %  0.5000       -  AGE  shadowed  %s  shadow

                        decision  5: shadowed v2
                        time      TIME
                        by        live
                        reason    not worse than the serving version
                        after     v1 serves, shadow v2, following
                        """.replace("0 %", "0 %%").formatted(sha(0), sha(1), sha(2)));
        assertThat(withoutTimes(cluster.run("models", "show", "1").out())).isEqualTo("""
                        model     digits
                        version   1 (serving, champion)
                        weights   SHA-256 %s
                        published TIME, AGE ago
                        examples  1,000
                        log       mini-batch 100, offsets 0 to 999
                        recent    90.0 %% of 1,000 examples correct, mean loss 0.2500
                        layers    4-3-2, relu hidden, softmax output
                        training  preset=modern seed=1
                        parent    v0, SHA-256 %s
                        publisher trainer t-1, inkstream 0.3.0
                        holdout   90.0 %% of 100 images correct, mean loss 0.5000
                        live      75.0 %% of 8 labeled images correct
                        decision  4: aliased v1 as champion
                        time      TIME
                        by        ann
                        after     v1 serves, shadow v2, following

                        label \\ prediction     0     1
                                         0    40    10
                                         1     .    50
                        """.formatted(
                        id("digits", 1).weights(), id("digits", 0).weights()));
        assertThat(cluster.run("models", "show", "champion").out()).contains("version   1 (serving, champion)\n");
        assertThat(cluster.run("models", "show", "--model", "other").out())
                .hasLineCount(2)
                .contains(id("other", 0).weights().abbreviated());
        checkJson(cluster);
        cluster.send(true, List.of(endOfShadow(cluster)));
        assertThat(cluster.run("models", "list").out()).containsPattern("digits +3 +v1 +90.0 % +75.0 % +- +following");
    }

    private static String withoutTimes(String text) {
        return text.replaceAll(" {2}\\d+ s ", "  AGE ")
                .replaceAll(", \\d+ s ago", ", AGE ago")
                .replaceAll("20\\S+Z", "TIME");
    }

    private static void checkJson(Cluster cluster) throws Exception {
        ObjectMapper json = new ObjectMapper();
        JsonNode list =
                json.readTree(cluster.run("models", "list", "--output", "json").out());
        assertThat(list.findValuesAsText("versions")).containsExactly("3", "1");
        assertThat(list.at("/0/serving/version").asLong()).isEqualTo(1);
        assertThat(list.get(1).has("serving")).isFalse();
        JsonNode all =
                json.readTree(cluster.run("models", "show", "--output", "json").out());
        assertThat(all.path("versions")).hasSize(3);
        assertThat(all.path("shadow").asLong()).isEqualTo(2);
        assertThat(all.at("/versions/1/live")).hasToString("{\"examples\":8,\"correct\":6}");
        assertThat(all.at("/versions/1/aliases")).hasToString("[\"champion\"]");
        assertThat(all.at("/versions/2/shadow").asBoolean()).isTrue();
        assertThat(all.at("/versions/2/lastDecision/kind").asText()).isEqualTo("SHADOWED");
        assertThat(Instant.parse(all.at("/versions/1/publishedAt").asText())).isBefore(Instant.now());
        assertThat(all.at("/lastDecision/number").asLong()).isEqualTo(5);
        assertThat(all.at("/versions/2/holdout/promoted").asBoolean(true)).isFalse();
        assertThat(all.at("/versions/2/holdout").has("confusion")).isFalse();
        JsonNode one = json.readTree(
                cluster.run("models", "show", "2", "--output", "json").out());
        assertThat(one.path("firstOffset").asLong(-1)).isZero();
        assertThat(one.path("parentSha256").asText())
                .isEqualTo(id("digits", 1).weights().toString());
        assertThat(one.path("publisher"))
                .hasToString("{\"role\":\"trainer\",\"instance\":\"t-1\",\"program\":\"inkstream 0.3.0\"}");
        assertThat(one.at("/holdout/confusion")).hasToString("[[40,10],[0,50]]");
        assertThat(one.path("weightsSha256").asText())
                .isEqualTo(id("digits", 2).weights().toString());
    }

    @Test
    void whatIsNotThereIsOneSentence(Cluster cluster) {
        cluster.withTopics();
        assertThat(cluster.run("models", "list").err())
                .isEqualTo("there is no model yet: a trainer publishes the first version\n");
        assertFailure(cluster.run("models", "show"), 1, "there is no model yet: a trainer publishes the first version");

        cluster.send(true, records(cluster));

        assertFailure(
                cluster.run("models", "show", "--model", "x"), 1, "--model is 'x'; it must be one of digits, other");
        assertFailure(
                cluster.run("models", "show", "7"),
                1,
                "N is 7; it must be a version that the topics still have of model digits");
        assertFailure(
                cluster.run("models", "show", "x"),
                1,
                "N is 'x'; it must be a version, or an alias of model digits, which has champion");
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
                Samples.record(
                        cluster.topics().servingWeights().name(),
                        Topics.shadowKey("digits"),
                        Cluster.SERDES.weightSnapshot(),
                        Samples.snapshot("digits", 2)),
                evaluation(cluster, 1, true),
                evaluation(cluster, 2, false),
                live(cluster, 0),
                live(cluster, 60),
                decision(
                        cluster, 4, Kind.ALIASED, 1, new Origin("ann", Optional.of("id"), "", Optional.of("champion"))),
                decision(cluster, 5, Kind.SHADOWED, 2, Origin.policy("live", "not worse than the serving version")));
    }

    private static ProducerRecord<String, byte[]> endOfShadow(Cluster cluster) {
        return new ProducerRecord<>(cluster.topics().servingWeights().name(), Topics.shadowKey("digits"), null);
    }

    /// Three of four labeled images of v1 are classified correctly.
    private static ProducerRecord<String, byte[]> live(Cluster cluster, long second) {
        Instant start = Instant.parse("2026-11-26T09:00:00Z").plusSeconds(second);
        LiveEvaluation window = new LiveEvaluation(
                "digits",
                OptionalLong.of(1),
                new LiveEvaluation.Window(start, start.plusSeconds(60)),
                ConfusionMatrix.of(2, new long[] {2, 1, 0, 1}),
                new LiveEvaluation.Unmatched(0, 0, 0, 0));
        return Samples.record(
                cluster.topics().liveEvaluations().name(), "digits", Cluster.SERDES.liveEvaluation(), window);
    }

    private static ProducerRecord<String, byte[]> decision(
            Cluster cluster, long number, Kind kind, long version, Origin origin) {
        ModelDecision decision = new ModelDecision(
                "digits",
                number,
                kind,
                Optional.of(new Subject(id("digits", version), OptionalLong.of(version))),
                OptionalLong.empty(),
                origin,
                new Standing(OptionalLong.of(1), OptionalLong.of(2), Mode.FOLLOWING),
                Evidence.NONE,
                Instant.parse("2026-11-26T09:00:00Z"));
        return Samples.record(
                cluster.topics().modelDecisions().name(), "digits", Cluster.SERDES.modelDecision(), decision);
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
