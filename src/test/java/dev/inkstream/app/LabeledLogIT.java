package dev.inkstream.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.inkstream.app.cluster.KafkaSettings;
import dev.inkstream.trainer.KafkaLabeledLog;
import dev.inkstream.trainer.LostExamplesException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Reading `labeled-images` again, from a log with all that makes offsets unlike a count: it holds 0 1 | 3 4 | 6 7 |,
/// where each bar is a transaction's marker and takes an offset of its own, and 3 and 4 were aborted.
@ExtendWith(ClusterExtension.class)
class LabeledLogIT {
    private final Cluster cluster;
    private final String topic;

    LabeledLogIT(Cluster cluster) {
        this.cluster = cluster.withTopics();
        this.topic = cluster.topics().labeledImages().name();
    }

    @BeforeEach
    void fill() {
        send(true);
        send(false);
        send(true);
    }

    @Test
    void givesCommittedRecordsInOrderUpToAnOffset() {
        assertThat(read(0, 9)).containsExactly(0L, 1L, 6L, 7L);
        assertThat(read(1, 7)).containsExactly(1L, 6L);
        assertThat(read(7, 8)).containsExactly(7L);
        // Nothing but markers and aborted records lies here.
        assertThat(read(2, 6)).isEmpty();
        assertThat(read(8, 9)).isEmpty();
        assertThat(read(5, 5)).isEmpty();
    }

    @Test
    void saysWhatRetentionTook() throws Exception {
        try (Admin admin = Admin.create(cluster.kafka().admin())) {
            admin.deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(4)))
                    .all()
                    .get();
        }

        assertThatExceptionOfType(LostExamplesException.class)
                .isThrownBy(() -> read(3, 9))
                .withMessageStartingWith("offsets 3 to 3 of " + topic + " are gone");
        assertThat(read(4, 9)).containsExactly(6L, 7L);
    }

    @Test
    void doesNotWaitForEverForWhatDoesNotCome() {
        KafkaSettings impatient = cluster.kafka().with("default.api.timeout.ms", 500);

        assertThatExceptionOfType(TimeoutException.class)
                .isThrownBy(() -> new KafkaLabeledLog(impatient.consumer(), topic, 1_000).read(0, 10, record -> {}))
                .withMessage("offset 9 of " + topic + " did not arrive within 500 ms");
    }

    private List<Long> read(long from, long to) {
        List<Long> offsets = new ArrayList<>();
        new KafkaLabeledLog(cluster.kafka().consumer(), topic, 1_000)
                .read(from, to, record -> offsets.add(record.offset()));
        return offsets;
    }

    private void send(boolean commit) {
        cluster.send(
                commit,
                IntStream.range(0, 2)
                        .mapToObj(i -> new ProducerRecord<>(topic, "any", new byte[] {(byte) i}))
                        .toList());
    }
}
