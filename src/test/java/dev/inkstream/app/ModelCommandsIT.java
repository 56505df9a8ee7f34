package dev.inkstream.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.inkstream.record.ModelCommand;
import dev.inkstream.record.ModelCommand.Request;
import dev.inkstream.record.ModelDecision;
import dev.inkstream.record.ModelDecision.Kind;
import dev.inkstream.stream.Topics;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// Operators' commands, with the evaluator that carries them out.
@ExtendWith(ClusterExtension.class)
@Timeout(600)
class ModelCommandsIT {
    private static final String WHO = System.getProperty("user.name") + "@";

    private final Cluster cluster;
    private final Topics topics;

    ModelCommandsIT(Cluster cluster) {
        this.cluster = cluster.withTopics();
        this.topics = cluster.topics();
    }

    @Test
    void eachCommandIsCarriedOutAndItsDecisionIsPrinted() throws Exception {
        CommandRun evaluator = evaluator();
        publish(4);

        assertDecision(models("promote", "1", "--reason", "the first"), """
                decision  4: promoted v1
                time      TIME
                by        WHO
                reason    the first
                after     v1 serves, following
                """);
        Instant first = Instant.now();
        assertDecision(models("promote", "v2"), """
                decision  5: promoted v2 in place of v1
                time      TIME
                by        WHO
                after     v2 serves, following
                """);
        assertFailure(models("promote", "2"), "the evaluator of model digits declined: v2 serves already");
        assertDecision(models("rollback", "--reason", "complaints"), """
                decision  7: restored v1 in place of v2
                time      TIME
                by        WHO
                reason    complaints
                after     v1 serves, held
                """);
        assertDecision(models("alias", "challenger=3"), """
                decision  8: aliased v3 as challenger
                time      TIME
                by        WHO
                after     v1 serves, held
                """);
        assertDecision(models("pin", "challenger"), """
                decision  9: pinned v3 in place of v1
                time      TIME
                by        WHO
                after     v3 serves, pinned
                """);
        assertFailure(
                models("rollback", "2"), "the evaluator of model digits declined: v3 is pinned; send follow first");
        assertDecision(models("follow"), """
                decision  11: followed v3
                time      TIME
                by        WHO
                after     v3 serves, following
                """);
        assertThat(decisions())
                .extracting(ModelDecision::kind)
                .endsWith(
                        Kind.PROMOTED,
                        Kind.PROMOTED,
                        Kind.DECLINED,
                        Kind.RESTORED,
                        Kind.ALIASED,
                        Kind.PINNED,
                        Kind.DECLINED,
                        Kind.FOLLOWED);
        assertThat(evaluator.stop().status()).isZero();
        checkHistory(first);
        checkModel();
    }

    private void checkHistory(Instant first) throws IOException {
        List<String> history = models("history").out().lines().toList();
        assertThat(history).hasSize(13);
        assertThat(history.getFirst()).matches("NUMBER +TIME +KIND +VERSION +REPLACED +BY +WHY +EVIDENCE");
        assertThat(history.get(1))
                .matches(" +0  \\S+Z +passed over +v0 +- +manual +only a command promotes a version +-");
        assertThat(history.get(8)).matches(" +7  \\S+Z +restored +v1 +v2 +" + WHO + "\\S+ +complaints +-");
        assertThat(history.get(9)).matches(" +8  \\S+Z +aliased +v3 +- +" + WHO + "\\S+ +as challenger +-");
        CommandRun last = models("history", "--count", "1");
        assertThat(last.out()).hasLineCount(2).contains(" followed ");
        assertThat(last.err()).isEqualTo("11 earlier decisions left out; --count lists more\n");
        JsonNode all = json(models("history", "--output", "json"));
        assertThat(all).hasSize(12);
        assertThat(all.at("/7/kind").asText()).isEqualTo("RESTORED");
        assertThat(all.at("/7/replaced").asLong()).isEqualTo(2);
        assertThat(models("history", "--at", first.toString()).out())
                .startsWith("at " + first + ": v1 serves, following\n\ndecision  4: promoted v1\n");
        assertThat(models("history", "--at", "0s").out()).contains(": v3 serves, following\n\ndecision  9: pinned v3");
        assertThat(models("history", "--at", "9h").out()).startsWith("no version of model digits served at ");
        JsonNode then = json(models("history", "--at", first.toString(), "--output", "json"));
        assertThat(then.path("serving").asLong()).isEqualTo(1);
        assertThat(then.at("/decision/reason").asText()).isEqualTo("the first");
    }

    private void checkModel() throws IOException {
        assertThat(models("list").out()).matches("""
                        (?s)MODEL +VERSIONS +SERVING +HOLDOUT +LIVE +SHADOW +MODE +WEIGHTS +AGE +DECISION +ALIASES
                        digits +4 +v3 +- +- +- +following +\\S+ +\\d+ \\S+ +11: followed v3 +challenger=v3
                        """);
        assertThat(models("show", "challenger").out()).contains("version   3 (serving, challenger)\n");
        JsonNode summary = json(models("list", "--output", "json"));
        assertThat(summary.at("/0/aliases/challenger").asLong()).isEqualTo(3);
        assertThat(summary.at("/0/mode").asText()).isEqualTo("FOLLOWING");
        assertThat(summary.at("/0/lastDecision/number").asLong()).isEqualTo(11);
    }

    @Test
    void aDeclinedCommandIsJsonAndASentence() throws Exception {
        CommandRun evaluator = evaluator();

        CommandRun declined = models("promote", "7", "--output", "json");

        assertFailureOf(declined, "the evaluator of model digits declined: weight-snapshots has no v7 of the model");
        assertThat(json(declined).path("kind").asText()).isEqualTo("DECLINED");
        assertThat(evaluator.stop().status()).isZero();
    }

    @Test
    void withoutAnEvaluatorTheCommandStaysUntilOneRuns() {
        CommandRun asked = models("promote", "1", "--timeout", "500ms", "--reason", "later");

        assertFailure(
                asked,
                "no evaluator of model digits answered within 500 ms; the command stays on "
                        + topics.modelCommands().name() + ", and the evaluator carries it out when it runs");
        ModelCommand command = cluster.committed(topics.modelCommands().name(), Cluster.SERDES.modelCommand())
                .getFirst();
        assertThat(command.request()).isEqualTo(new Request.Promote(1));
        assertThat(command.reason()).isEqualTo("later");
        assertThat(command.requestedBy()).startsWith(WHO);
        ConsumerRecord<byte[], byte[]> record =
                cluster.committed(topics.modelCommands().name()).getFirst();
        assertThat(record.key()).asString().isEqualTo("digits");
        assertThat(record.timestamp()).isEqualTo(command.requestedAt().toEpochMilli());
        CommandRun evaluator = evaluator();
        await().atMost(Duration.ofMinutes(3))
                .untilAsserted(() -> assertThat(decisions())
                        .extracting(decision -> decision.origin().commandId().orElse(""))
                        .containsExactly(command.id()));
        assertThat(evaluator.stop().status()).isZero();
    }

    /// Its group and its internal topics are deleted, as a reset tool does. All snapshots and commands are read again.
    @Test
    void anEvaluatorWithoutItsStateContinuesAfterItsLastDecision() throws Exception {
        CommandRun evaluator = evaluator();
        publish(3);
        assertThat(models("promote", "2").status()).isZero();
        assertThat(models("alias", "challenger=1").status()).isZero();
        assertThat(evaluator.stop().status()).isZero();
        List<ModelDecision> before = decisions();
        deleteStateOf(topics.prefix() + "evaluator-digits");

        CommandRun again = evaluator();
        CommandRun rollback = models("rollback", "challenger");

        assertThat(rollback.out()).startsWith("decision  5: restored v1 in place of v2\n");
        assertThat(decisions()).startsWith(before.toArray(ModelDecision[]::new)).hasSize(6);
        assertThat(again.log())
                .anyMatch(line -> line.endsWith(
                        "this evaluator has no state; it continues after decision 4 of model" + " digits: ALIASED "
                                + before.getLast().subject().orElseThrow().id()));
        assertThat(again.stop().status()).isZero();
    }

    private void deleteStateOf(String application) throws Exception {
        try (Admin admin = Admin.create(cluster.kafka().admin())) {
            // A member that has left for good is taken for one that comes back, for a while.
            await().atMost(Duration.ofMinutes(3))
                    .ignoreException(ExecutionException.class)
                    .until(() -> {
                        admin.deleteConsumerGroups(List.of(application)).all().get();
                        return true;
                    });
            Set<String> internal = admin.listTopics(new ListTopicsOptions().listInternal(true)).names().get().stream()
                    .filter(name -> name.startsWith(application + "-"))
                    .collect(Collectors.toSet());
            assertThat(internal).isNotEmpty();
            admin.deleteTopics(internal).all().get();
            await().atMost(Duration.ofMinutes(3))
                    .until(() -> admin.listTopics().names().get().stream()
                            .noneMatch(name -> name.startsWith(application + "-")));
        }
    }

    @Test
    void whatIsNotThereIsOneSentence() {
        assertFailure(
                models("pin", "champion"),
                "N is 'champion'; it must be a version, or an alias of model digits, which has none");
        CommandRun history = models("history");
        assertThat(history.status()).isZero();
        assertThat(history.out()).isEmpty();
        assertThat(history.err()).isEqualTo("model digits has no decisions yet: its evaluator writes them\n");
        assertThat(models("history", "--output", "json").out()).isEqualTo("[ ]\n");
    }

    private CommandRun evaluator() {
        CommandRun evaluator = cluster.start(
                "evaluator", "--monitor-port", "off", "--image-size", "2x2", "--classes", "2", "--promotion", "manual");
        return evaluator.awaitThat(() -> evaluator.log().stream().anyMatch(line -> line.contains("works on")));
    }

    /// Versions from 0 on, each of which the evaluator has seen.
    private void publish(int versions) {
        String topic = topics.weightSnapshots().name();
        List<ProducerRecord<String, byte[]>> records = LongStream.range(0, versions)
                .mapToObj(version -> Samples.record(
                        topic, "digits", Cluster.SERDES.weightSnapshot(), Samples.snapshot("digits", version)))
                .toList();
        cluster.send(true, records);
        await().atMost(Duration.ofMinutes(3)).until(() -> decisions().size() == versions);
    }

    private List<ModelDecision> decisions() {
        return cluster.committed(topics.modelDecisions().name(), Cluster.SERDES.modelDecision());
    }

    private CommandRun models(String... args) {
        return cluster.run(java.util.stream.Stream.concat(java.util.stream.Stream.of("models"), List.of(args).stream())
                .toArray(String[]::new));
    }

    private static JsonNode json(CommandRun run) throws IOException {
        return new ObjectMapper().readTree(run.out());
    }

    private static void assertDecision(CommandRun run, String lines) {
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(run.out()
                        .replaceFirst("(?m)^time {6}\\S+Z$", "time      TIME")
                        .replaceFirst("(?m)^by {8}" + WHO + "\\S+$", "by        WHO"))
                .isEqualTo(lines);
    }

    private static void assertFailure(CommandRun run, String sentence) {
        assertFailureOf(run, sentence);
        assertThat(run.out()).isEmpty();
    }

    private static void assertFailureOf(CommandRun run, String sentence) {
        assertThat(run.err()).isEqualTo("inkstream: " + sentence + "\n");
        assertThat(run.status()).isEqualTo(1);
    }
}
