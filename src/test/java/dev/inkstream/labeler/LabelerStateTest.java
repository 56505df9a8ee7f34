package dev.inkstream.labeler;

import static dev.inkstream.stream.PinnedState.hex;

import dev.inkstream.stream.PinnedState;
import java.io.IOException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/// What the labeler keeps, byte for byte.
class LabelerStateTest {
    private static final long AT = 1_795_694_400_123L;

    private static final PinnedState ENTRY = new PinnedState(
            "HeldRecord.1",
            "labeler's state held-by-image-id",
            new HeldRecord(HeldRecord.Kind.LABEL, AT, AT + 5, new byte[] {7}).toBytes(),
            bytes -> HeldRecord.fromBytes(bytes).toBytes());

    private static final PinnedState LABEL = new PinnedState(
            "PendingLabel.1",
            "label in the labeler's state held-by-image-id",
            new PendingLabel(
                            3,
                            AT,
                            new PendingLabel.Origin("t.labels", 2, 300),
                            new RecordHeaders().add("a", new byte[] {-1}).add("b", null),
                            new byte[] {8, 9})
                    .toBytes(),
            bytes -> PendingLabel.fromBytes(bytes, AT).toBytes());

    @Test
    void isTheSameForEver() throws IOException {
        ENTRY.check();
        LABEL.check();
        ENTRY.aKindThatIsNoneIsRefused();
    }

    @Test
    void whatEarlierBuildsWroteIsRead() {
        String at = "%016x".formatted(AT);
        ENTRY.assertReads("6c" + at + "07", new HeldRecord(HeldRecord.Kind.LABEL, AT, AT, new byte[] {7}).toBytes());
        LABEL.assertReads("00000003" + "00000002" + "%016x".formatted(300) + "00000008" + hex("t.labels") + "00000002"
                + "00000001" + hex("a") + "00000001ff" + "00000001" + hex("b") + "ffffffff" + "000000020809");
    }
}
