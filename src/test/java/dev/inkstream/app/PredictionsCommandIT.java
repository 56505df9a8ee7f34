package dev.inkstream.app;

import static dev.inkstream.app.Samples.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ClusterExtension.class)
class PredictionsCommandIT {

    @Test
    void printsWhatIsCommittedAndSaysWhatCannotBeRead(Cluster cluster) {
        cluster.withTopics();
        String topic = cluster.topics().predictions().name();
        cluster.send(true, List.of(new ProducerRecord<>(topic, 0, "bad", new byte[] {9}), prediction(cluster, "a-1")));
        cluster.send(false, List.of(prediction(cluster, "aborted")));
        cluster.send(true, List.of(prediction(cluster, "a-2")));

        CommandRun run = cluster.run("predictions", "--from-beginning", "--count", "2");

        assertThat(run.status()).isZero();
        String line =
                "%-14s   1   87.5 %%  digits v3 (" + id("digits", 3).weights().abbreviated() + ")  images-2@1234\n";
        assertThat(run.out()).isEqualTo(line.formatted("a-1") + line.formatted("a-2"));
        assertThat(run.err()).startsWith(topic + "-0@0 is not a prediction: ").hasLineCount(1);
        assertThat(cluster.records(cluster.topics().deadLetters().name())).isEmpty();
    }

    @Test
    void jsonHasAllFieldsOnOneLine(Cluster cluster) throws Exception {
        cluster.withTopics();
        String imageId = "größe\n1";
        cluster.send(
                true,
                List.of(
                        Samples.record(
                                cluster.topics().predictions().name(),
                                "other",
                                Cluster.SERDES.prediction(),
                                Samples.prediction("other", id("other", 1))),
                        prediction(cluster, imageId)));

        CommandRun run =
                cluster.run("predictions", "--from-beginning", "--count", "1", "--output", "json", "--model", "digits");

        assertThat(run.out()).hasLineCount(1).isASCII();
        JsonNode json = new ObjectMapper().readTree(run.out());
        assertThat(json.toString())
                .isEqualTo(("{'imageId':'größe\\n1','label':1,'confidence':0.875,'scores':[0.125,0.875],"
                                + "'model':'digits','version':3,'weightsSha256':'%s','imagePartition':2,"
                                + "'imageOffset':1234,'capturedAt':'2026-11-24T05:55:45.123Z'}")
                        .formatted(id("digits", 3).weights())
                        .replace('\'', '"'));
    }

    @Test
    void saysThatAModelHasNone(Cluster cluster) {
        cluster.withTopics();
        cluster.send(true, List.of(prediction(cluster, "a-1")));

        CommandRun run = cluster.start("predictions", "--from-beginning", "--model", "other");
        await().until(() -> !run.err().isEmpty());

        assertThat(run.stop().status()).isZero();
        assertThat(run.err())
                .isEqualToIgnoringNewLines("waiting for predictions of model other: there are none on "
                        + cluster.topics().predictions().name() + " yet (Ctrl-C ends it)");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void beginsWithTheNextOneAndStopsWhenAskedTo(Cluster cluster) {
        cluster.withTopics();
        cluster.send(true, List.of(prediction(cluster, "old")));

        CommandRun run = cluster.start("predictions");
        await().until(() -> run.err().contains("waiting for predictions on"));
        cluster.send(true, List.of(prediction(cluster, "new")));
        await().until(() -> !run.out().isEmpty());

        assertThat(run.stop().status()).isZero();
        assertThat(run.out()).startsWith("new ").hasLineCount(1);
    }

    @Test
    void endsWhenNobodyReadsAnyMore(Cluster cluster) {
        cluster.withTopics();
        cluster.send(true, List.of(prediction(cluster, "a-1")));

        CommandRun run = CommandRun.printingTo(
                new PrintWriter(new ClosedPipe()), cluster.args("predictions", "--from-beginning"));

        assertThat(run.status()).isZero();
        assertThat(run.err()).isEmpty();
    }

    private static ProducerRecord<String, byte[]> prediction(Cluster cluster, String imageId) {
        String topic = cluster.topics().predictions().name();
        byte[] value =
                Cluster.SERDES.prediction().serializer().serialize(topic, Samples.prediction(imageId, id("digits", 3)));
        return new ProducerRecord<>(topic, 0, imageId, value);
    }

    /// As a pipe whose reader has gone.
    private static final class ClosedPipe extends Writer {
        @Override
        public void write(char[] characters, int from, int length) throws IOException {
            if (length > 0) {
                throw new IOException("Broken pipe");
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
