package dev.inkstream.stream.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.inkstream.record.StateFormatException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The keys of the guard topic, by which compaction keeps the last record. `StateFormatsTest` pins the values.
class GuardRecordsTest {
    @Test
    void keys() {
        TopicPartition partition = new TopicPartition("inkstream.images", 12);
        assertThat(new String(GuardedOffset.key(partition), StandardCharsets.UTF_8))
                .isEqualTo("offset/inkstream.images/12");
        assertThat(GuardedOffset.partition(GuardedOffset.key(partition))).contains(partition);
        assertThat(new String(InstanceRecord.key("trainer"), StandardCharsets.UTF_8))
                .isEqualTo("instance/trainer");
        assertThat(GuardedOffset.partition(InstanceRecord.key("trainer"))).isEmpty();
    }

    private static final GuardTopic TOPIC = new GuardTopic("app");
    private static final HostProcess PROCESS = new HostProcess("a kernel", 17, 4_200);

    @Test
    void theHostsViewOfAProcessIsAHeader() {
        InstanceRecord record = new InstanceRecord(new Uuid(1, 2), true, Optional.of(PROCESS));
        assertThat(received(record.toRecord(TOPIC, "trainer"))).isEqualTo(record);
        assertThat(record.toBytes()).isEqualTo(new InstanceRecord(new Uuid(1, 2), true, Optional.empty()).toBytes());
    }

    @Test
    void earlierBuildsWroteNone() {
        InstanceRecord record = new InstanceRecord(new Uuid(1, 2), true, Optional.empty());
        assertThat(record.toRecord(TOPIC, "trainer").headers()).isEmpty();
        assertThat(received(record.toRecord(TOPIC, "trainer"))).isEqualTo(record);
    }

    /// Its successor waits, as for a process of which nothing is known.
    @ParameterizedTest
    @ValueSource(strings = {"", "02", "0104616222", "0100220a"})
    void aHeaderThatThisBuildCannotReadCountsAsNone(String hex) {
        var sent = new InstanceRecord(new Uuid(1, 2), true, Optional.empty()).toRecord(TOPIC, "trainer");
        sent.headers().add("inkstream.process", HexFormat.of().parseHex(hex));
        assertThat(received(sent).onHost()).isEmpty();
        assertThat(received(sent).process()).isEqualTo(new Uuid(1, 2));
    }

    private static InstanceRecord received(ProducerRecord<byte[], byte[]> sent) {
        return InstanceRecord.of(new ConsumerRecord<>(
                sent.topic(),
                0,
                0,
                0,
                TimestampType.CREATE_TIME,
                0,
                0,
                sent.key(),
                sent.value(),
                sent.headers(),
                Optional.empty()));
    }

    @Test
    void anotherFormatIsRefused() {
        assertThatExceptionOfType(StateFormatException.class)
                .isThrownBy(() -> GuardedOffset.fromBytes(new byte[] {2, 0}))
                .withMessage("the offset record of the guard topic has format 2; this build reads 1. Start the build"
                        + " that wrote it, or a newer one.");
        assertThatExceptionOfType(StateFormatException.class)
                .isThrownBy(() -> InstanceRecord.fromBytes(new byte[] {2}));
    }
}
