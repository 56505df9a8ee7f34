package dev.inkstream.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.inkstream.stream.intake.DeadLetterHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ClusterExtension.class)
class DeadLettersCommandIT {

    @Test
    void printsWhatIsCommittedAndNothingThatSteersTheTerminal(Cluster cluster) {
        cluster.withTopics();
        cluster.send(true, List.of(letter(cluster, "value is null")));
        cluster.send(false, List.of(letter(cluster, "aborted")));
        cluster.send(
                true,
                List.of(
                        letter(cluster, "\u001b[2J\n" + "x".repeat(10_000)),
                        new ProducerRecord<>(cluster.topics().deadLetters().name(), "k", new byte[0])));

        CommandRun run = cluster.run("dead-letters", "--from-beginning", "--count", "3");

        assertThat(run.status()).isZero();
        String line = "NULL_VALUE  images-2@1234  classifier-digits  2026-11-24T05:55:45Z  ";
        assertThat(run.out().lines())
                .containsExactly(
                        line + "value is null",
                        line + "\ufffd[2J\ufffd" + "x".repeat(495) + "...",
                        "-  ---@-  -  -  -");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void jsonHasAllFieldsOnOneLine(Cluster cluster) {
        cluster.withTopics();
        cluster.send(
                true,
                List.of(
                        letter(cluster, "größe\n"),
                        new ProducerRecord<>(cluster.topics().deadLetters().name(), "k", new byte[0])));

        CommandRun run = cluster.run("dead-letters", "--from-beginning", "--count", "2", "--output", "json");

        assertThat(run.out().lines().map(line -> line.replace('"', '\'')))
                .containsExactly(
                        "{'reason':'NULL_VALUE','topic':'images','partition':2,'offset':1234,"
                                + "'application':'classifier-digits','at':'2026-11-24T05:55:45Z',"
                                + "'message':'gr\\u00F6\\u00DFe\\n'}",
                        "{'reason':null,'topic':null,'partition':null,'offset':null,'application':null,'at':null,"
                                + "'message':null}");
    }

    @Test
    void beginsWithTheNextOneAndStopsWhenAskedTo(Cluster cluster) {
        cluster.withTopics();
        cluster.send(true, List.of(letter(cluster, "old")));

        CommandRun run = cluster.start("dead-letters");
        await().until(() -> run.err().contains("waiting for dead letters on"));
        cluster.send(true, List.of(letter(cluster, "new")));
        await().until(() -> !run.out().isEmpty());

        assertThat(run.stop().status()).isZero();
        assertThat(run.out()).endsWith("  new\n").hasLineCount(1);
    }

    private static ProducerRecord<String, byte[]> letter(Cluster cluster, String message) {
        ProducerRecord<String, byte[]> letter =
                new ProducerRecord<>(cluster.topics().deadLetters().name(), "k", new byte[] {1});
        put(letter, DeadLetterHeaders.REASON, "NULL_VALUE");
        put(letter, DeadLetterHeaders.TOPIC, "images");
        put(letter, DeadLetterHeaders.PARTITION, "2");
        put(letter, DeadLetterHeaders.OFFSET, "1234");
        put(letter, DeadLetterHeaders.APPLICATION, "classifier-digits");
        put(letter, DeadLetterHeaders.AT, "2026-11-24T05:55:45Z");
        put(letter, DeadLetterHeaders.MESSAGE, message);
        return letter;
    }

    private static void put(ProducerRecord<String, byte[]> letter, String name, String value) {
        letter.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
