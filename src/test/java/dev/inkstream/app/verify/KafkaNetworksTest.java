package dev.inkstream.app.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.inkstream.app.console.UserException;
import dev.inkstream.stream.Samples;
import dev.inkstream.stream.intake.CommittedReader;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class KafkaNetworksTest {
    private static final String TOPIC = Samples.TOPICS.weightSnapshots().name();
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final KafkaNetworks networks = new KafkaNetworks(
            consumer,
            new CommittedReader(Duration.ofSeconds(30), System::nanoTime),
            TOPIC,
            Samples.TOPICS.weightSnapshots().decoder(Samples.SERDES));

    @Test
    void aVersionIsRead() {
        consumer.schedulePollTask(() -> consumer.addRecord(
                new ConsumerRecord<>(TOPIC, 0, 3, Samples.text(Samples.MODEL), Samples.bytes(Samples.snapshot(1)))));
        assertThat(networks.apply(3).parameters().toBytes())
                .isEqualTo(Samples.snapshot(1).parameters());
    }

    @Test
    void aVersionThatRetentionHasRemovedIsNamed() {
        // As a consumer does whose offset is gone.
        consumer.schedulePollTask(() -> consumer.seek(PARTITION, 10));
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> networks.apply(3))
                .withMessage("t.weight-snapshots@3 is gone: retention has removed this version since the command began;"
                        + " run it again, and raise retention.ms of the topic to keep versions longer");
    }
}
