package dev.inkstream.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.inkstream.record.ImageRecord;
import dev.inkstream.record.Label;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.record.Prediction;
import dev.inkstream.stream.intake.DeadLetterHeaders;
import dev.inkstream.stream.intake.Redriven;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// `dead-letters list`, `show` and `redrive` against a real broker.
@ExtendWith(ClusterExtension.class)
class DeadLettersRedriveIT {
    private static final Instant AT = Instant.parse("2026-11-24T05:55:45Z");
    private static final byte[] GOOD = image(2, 2);
    private static final String[] FORMAT = {"--image-size", "2x2", "--classes", "2"};

    private final Cluster cluster;
    private final String images;
    private final String letters;
    private final String classifier;
    private final String labeler;

    DeadLettersRedriveIT(Cluster cluster) {
        this.cluster = cluster.withTopics();
        this.images = cluster.topics().images().name();
        this.letters = cluster.topics().deadLetters().name();
        this.classifier = cluster.topics().prefix() + "classifier-digits";
        this.labeler = cluster.topics().prefix() + "labeler";
    }

    @Test
    void aRecordReturnsOnceForAllThatRejectedIt() {
        cluster.send(
                true,
                List.of(
                        letter("a", GOOD, classifier, "UNKNOWN_SCHEMA", 7),
                        letter("b", image(3, 3), classifier, "IMAGE_SIZE", 8),
                        letter("a", GOOD, labeler, "UNKNOWN_SCHEMA", 7)));

        CommandRun dry = run("redrive", "--dry-run");
        assertThat(dry.out()).isEqualTo("""
                        would return 1 record (2 dead letters)
                        1 dead letter not usable now:
                          1: image is 3x3; it must be 2x2, the size of this model
                        """);
        assertThat(cluster.committed(images)).isEmpty();

        CommandRun run = run("redrive");
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).startsWith("returned 1 record (2 dead letters) to " + images + "\n");
        assertThat(run.status()).isZero();
        ConsumerRecord<byte[], byte[]> returned = cluster.committed(images).getFirst();
        assertThat(cluster.committed(images)).hasSize(1);
        assertThat(returned.key()).isEqualTo(bytes("a"));
        assertThat(returned.value()).isEqualTo(GOOD);
        assertThat(StreamSupport.stream(returned.headers().spliterator(), false)
                        .map(header -> header.key() + "="
                                + text(header.value()).replaceFirst("returned at .* by .*", "returned at T by U")))
                .containsExactly(
                        Redriven.TOPIC + "=" + images,
                        Redriven.APPLICATIONS + "=" + classifier + "," + labeler,
                        Redriven.ATTEMPT + "=1",
                        Redriven.HISTORY + "=UNKNOWN_SCHEMA " + images + "-1@7, dead letter 0@0 of " + classifier + ","
                                + labeler + " at " + AT + "; returned at T by U",
                        "trace=1");

        assertThat(run("redrive").out()).isEqualTo("""
                        nothing returned
                        2 dead letters returned before
                        1 dead letter not usable now:
                          1: image is 3x3; it must be 2x2, the size of this model
                        """);
        assertThat(run("redrive", "0").out()).isEqualTo("nothing returned\n2 dead letters returned before\n");
        assertThat(cluster.committed(images)).hasSize(1);
        // A model of other images would take the other record.
        assertThat(cluster.run("dead-letters", "redrive", "--image-size", "3x3").out())
                .startsWith("returned 1 record (1 dead letter)");
        // Nobody who follows the dead letters sees any of it.
        assertThat(cluster.committed(letters)).hasSize(3);
    }

    @Test
    void theListSaysWhatCanReturn() throws Exception {
        cluster.send(
                true,
                List.of(
                        letter("a", GOOD, classifier, "UNKNOWN_SCHEMA", 7),
                        letter("b", image(3, 3), classifier, "IMAGE_SIZE", 8),
                        new ProducerRecord<>(letters, "k", new byte[0]),
                        letter("c", null, labeler, "NULL_VALUE", 9)));
        assertThat(run("redrive", "--reason", "unknown_schema").status()).isZero();

        CommandRun list = run("list", "--limit", "2");
        assertThat(list.err()).isEmpty();
        assertThat(list.out().replaceAll(" +", " ")).isEqualTo("""
                        TOPIC APPLICATION REASON LETTERS USABLE RETURNED NEWEST
                        %1$s %2$s IMAGE_SIZE 1 0 0 2026-11-24T05:55:45Z
                        %1$s %2$s UNKNOWN_SCHEMA 1 0 1 2026-11-24T05:55:45Z
                        %1$s %3$s NULL_VALUE 1 0 0 2026-11-24T05:55:45Z

                        OFFSET RECORD APPLICATION REASON NOW
                        0@1 %1$s-1@8 %2$s IMAGE_SIZE image is 3x3; it must be 2x2, the size of this model
                        0@3 %1$s-1@9 %3$s NULL_VALUE value is null
                        """.formatted(images, classifier, labeler));
        JsonNode json = new ObjectMapper()
                .readTree(run("list", "--application", "classifier-digits", "--output", "json")
                        .out());
        assertThat(json.path("groups").findValuesAsText("returned")).containsExactly("0", "1");
        assertThat(json.path("newest").findValuesAsText("now"))
                .containsExactly("returned", "image is 3x3; it must be 2x2, the size of this model");
        assertThat(run("list", "--from", "2026-11-25T00:00:00Z").err()).isEqualTo(letters + " has no such records\n");
    }

    @Test
    void aKilledRunReturnsAllOfATransactionOrNothing() {
        cluster.send(true, List.of(letter("a", GOOD, classifier, "UNKNOWN_SCHEMA", 7)));
        Map<String, Object> config = new HashMap<>(cluster.kafka().producer());
        config.put("transactional.id", cluster.topics().prefix() + "dead-letters-redrive");
        try (var killed = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            killed.initTransactions();
            killed.beginTransaction();
            var _ = killed.send(new ProducerRecord<>(images, bytes("a"), GOOD));
            var _ = killed.send(new ProducerRecord<>(cluster.topics().redrives().name(), bytes("x"), bytes("y")));
            killed.flush();
            assertThat(cluster.records(images)).hasSize(1);

            assertThat(run("redrive").out()).startsWith("returned 1 record (1 dead letter)");

            assertThatThrownBy(killed::commitTransaction).isInstanceOf(ProducerFencedException.class);
        }
        assertThat(cluster.records(images)).hasSize(2);
        assertThat(cluster.committed(images)).hasSize(1);
        assertThat(run("redrive").out()).isEqualTo("nothing returned\n1 dead letter returned before\n");
    }

    @Test
    void aRecordIsRepairedByItsOffset(@TempDir Path directory) throws Exception {
        byte[] bad = image(3, 3);
        cluster.send(true, List.of(letter("b", bad, classifier, "IMAGE_SIZE", 8)));
        Path file = directory.resolve("value");

        CommandRun show = cluster.run("dead-letters", "show", "0", "--value-file", file.toString());
        assertThat(show.err()).isEmpty();
        assertThat(show.out())
                .startsWith("key    b\nvalue  " + bad.length + " bytes\n")
                .contains("inkstream.reason  IMAGE_SIZE\n", "trace  1\n");
        assertThat(file).hasBinaryContent(bad);
        assertThat(cluster.run("dead-letters", "show", "0", "--output", "json").out())
                .contains(
                        "\"position\" : \"0@0\"",
                        "\"key\" : \"b\"",
                        "\"value\" : \"" + Base64.getEncoder().encodeToString(bad) + "\"",
                        "\"name\" : \"trace\"");
        assertThat(run("redrive", "0").err())
                .isEqualTo(
                        "inkstream: the record cannot return: image is 3x3; it must be 2x2, the size of this model\n");

        Files.write(file, GOOD);
        assertThat(run("redrive", "0", "--value-file", file.toString(), "--key", "c")
                        .out())
                .startsWith("returned 1 record");
        assertThat(cluster.committed(images).getFirst().value()).isEqualTo(GOOD);
        assertThat(cluster.committed(images).getFirst().key()).isEqualTo(bytes("c"));
        assertThat(cluster.run("dead-letters", "show", "5").err())
                .isEqualTo("inkstream: OFFSET is 0@5; it must be the offset of a dead letter that " + letters
                        + " still has\n");
    }

    @Test
    void someRecordsReturnOnRequestAndSomeNever() {
        String labels = cluster.topics().labels().name();
        String commands = cluster.topics().modelCommands().name();
        ProducerRecord<String, byte[]> often = letter("d", GOOD, classifier, "UNKNOWN_SCHEMA", 10);
        put(often, Redriven.TOPIC, images);
        put(often, Redriven.ATTEMPT, "3");
        put(often, Redriven.HISTORY, "the first");
        cluster.send(
                true,
                List.of(
                        letter(labels, "a", label(), labeler, "NO_IMAGE"),
                        letter(commands, "digits", label(), "evaluator-digits", "UNKNOWN_SCHEMA"),
                        letter(letters, "e", label(), labeler, "NULL_KEY"),
                        often));

        assertThat(run("redrive").out())
                .isEqualTo("nothing returned\n1 dead letter on request only (--reason, or their offsets)\n"
                        + "3 dead letters not usable now:\n"
                        + "  1: %s is no topic of %s that records return to\n".formatted(letters, labeler)
                        + "  1: %s has commands or versions in their order; what comes late must be made again\n"
                                .formatted(commands)
                        + "  1: the record has returned 3 times already; --max-attempts is 3\n");
        assertThat(run("redrive", "--reason", "NO_IMAGE").out())
                .startsWith("returned 1 record (1 dead letter) to " + labels);
        assertThat(run("redrive", "--max-attempts", "4").out()).startsWith("returned 1 record");
        ConsumerRecord<byte[], byte[]> returned = cluster.committed(images).getFirst();
        assertThat(Redriven.attempts(returned.headers(), images)).isEqualTo(4);
        assertThat(returned.headers().headers(Redriven.HISTORY)).hasSize(2);
    }

    /// A null value that both roles reject, and an image that the classifier alone rejects.
    @Test
    void eachRoleTakesARepairedRecordOnce(@TempDir Path directory) throws Exception {
        Path file = Files.write(directory.resolve("value"), GOOD);
        String labels = cluster.topics().labels().name();
        String serving = cluster.topics().servingWeights().name();
        cluster.send(
                true,
                List.of(
                        Samples.record(
                                serving, "digits", Cluster.SERDES.weightSnapshot(), Samples.snapshot("digits", 1)),
                        new ProducerRecord<>(images, "none", null),
                        new ProducerRecord<>(images, "large", image(3, 3)),
                        new ProducerRecord<>(labels, "none", label()),
                        new ProducerRecord<>(labels, "large", label())));
        CommandRun classifies =
                cluster.start("classifier", "--monitor-port", "0", FORMAT[0], FORMAT[1], FORMAT[2], FORMAT[3]);
        CommandRun joins = cluster.start("labeler", "--monitor-port", "0");
        await().atMost(Duration.ofMinutes(3))
                .until(() -> cluster.committed(letters).size() == 3 && joined().size() == 1);

        for (ConsumerRecord<byte[], byte[]> letter : cluster.committed(letters)) {
            CommandRun run = run("redrive", Long.toString(letter.offset()), "--value-file", file.toString());
            assertThat(run.status()).as(run.err()).isZero();
        }
        await().atMost(Duration.ofMinutes(3))
                .until(() ->
                        cluster.committed(cluster.topics().predictions().name()).size() >= 2 && joined().size() >= 2);
        assertThat(cluster.committed(images)).hasSize(4);
        assertThat(run("redrive").out()).isEqualTo("nothing returned\n3 dead letters returned before\n");
        assertThat(classifies.stop().status()).isZero();
        assertThat(joins.stop().status()).isZero();
        assertThat(cluster.committed(letters)).hasSize(3);
        assertThat(cluster.committed(cluster.topics().predictions().name(), Cluster.SERDES.prediction()))
                .extracting(Prediction::imageId)
                .containsExactlyInAnyOrder("none", "large");
        assertThat(joined()).extracting(joined -> joined.image().width()).containsExactlyInAnyOrder(2, 3);
    }

    private List<LabeledImage> joined() {
        return cluster.committed(cluster.topics().labeledImages().name(), Cluster.SERDES.labeledImage());
    }

    private CommandRun run(String command, String... args) {
        List<String> all = new ArrayList<>(List.of("dead-letters", command));
        all.addAll(List.of(args));
        all.addAll(List.of(FORMAT));
        return cluster.run(all.toArray(String[]::new));
    }

    private ProducerRecord<String, byte[]> letter(
            String key, byte[] value, String application, String reason, long offset) {
        ProducerRecord<String, byte[]> letter = letter(images, key, value, application, reason);
        letter.headers().remove(DeadLetterHeaders.OFFSET);
        put(letter, DeadLetterHeaders.OFFSET, Long.toString(offset));
        return letter;
    }

    private ProducerRecord<String, byte[]> letter(
            String topic, String key, byte[] value, String application, String reason) {
        ProducerRecord<String, byte[]> letter = new ProducerRecord<>(letters, key, value);
        put(letter, DeadLetterHeaders.REASON, reason);
        put(letter, DeadLetterHeaders.TOPIC, topic);
        put(letter, DeadLetterHeaders.PARTITION, "1");
        put(letter, DeadLetterHeaders.OFFSET, "1");
        put(letter, DeadLetterHeaders.APPLICATION, application);
        put(letter, DeadLetterHeaders.AT, AT.toString());
        put(letter, DeadLetterHeaders.MESSAGE, "is not what it should be");
        put(letter, "trace", "1");
        return letter;
    }

    private static byte[] image(int width, int height) {
        return Cluster.SERDES
                .image()
                .serializer()
                .serialize("", new ImageRecord(width, height, new byte[width * height], AT));
    }

    private static byte[] label() {
        return Cluster.SERDES.label().serializer().serialize("", new Label(1, AT));
    }

    private static void put(ProducerRecord<String, byte[]> letter, String name, String value) {
        letter.headers().add(name, bytes(value));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
