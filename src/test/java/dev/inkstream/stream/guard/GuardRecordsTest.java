package dev.inkstream.stream.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

/// The bytes on the guard topic outlive a process: another version must read them, or say why not.
class GuardRecordsTest {
    private static final GuardedOffset OFFSET = new GuardedOffset(new Uuid(1, 2), 300, "AgAB");
    private static final String OFFSET_BYTES =
            "01" + "0000000000000001" + "0000000000000002" + "000000000000012c" + "0004" + "41674142";
    private static final Presence PRESENCE = new Presence(new Uuid(1, 2), true);
    private static final String PRESENCE_BYTES = "01" + "0000000000000001" + "0000000000000002" + "01";

    @Test
    void bytesOfAnOffset() {
        assertThat(HexFormat.of().formatHex(OFFSET.toBytes())).isEqualTo(OFFSET_BYTES);
        assertThat(GuardedOffset.fromBytes(HexFormat.of().parseHex(OFFSET_BYTES)))
                .isEqualTo(OFFSET);
    }

    @Test
    void bytesOfAPresence() {
        assertThat(HexFormat.of().formatHex(PRESENCE.toBytes())).isEqualTo(PRESENCE_BYTES);
        assertThat(Presence.fromBytes(HexFormat.of().parseHex(PRESENCE_BYTES))).isEqualTo(PRESENCE);
    }

    @Test
    void keys() {
        TopicPartition partition = new TopicPartition("inkstream.images", 12);
        assertThat(new String(GuardedOffset.key(partition), StandardCharsets.UTF_8))
                .isEqualTo("offset/inkstream.images/12");
        assertThat(GuardedOffset.partition(GuardedOffset.key(partition))).contains(partition);
        assertThat(GuardedOffset.partition(Presence.key("trainer"))).isEmpty();
    }

    @Test
    void anotherFormatIsRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> GuardedOffset.fromBytes(new byte[] {2, 0}))
                .withMessage("a record of the guard topic has format 2; it must be 1. A newer version of the program"
                        + " wrote it.");
        assertThatIllegalStateException()
                .isThrownBy(() -> GuardedOffset.fromBytes(new byte[] {1, 0}))
                .withMessage("a record of the guard topic is too short");
        assertThatIllegalStateException().isThrownBy(() -> Presence.fromBytes(new byte[] {2}));
    }
}
