package dev.inkstream.stream.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.inkstream.record.StateFormatException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

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
