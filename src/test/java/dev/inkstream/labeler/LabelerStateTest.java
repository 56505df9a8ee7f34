package dev.inkstream.labeler;

import static dev.inkstream.stream.PinnedState.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.inkstream.record.ImageRecord;
import dev.inkstream.record.StateFormatException;
import dev.inkstream.stream.PinnedState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/// What the labeler keeps, byte for byte.
class LabelerStateTest {
    private static final long AT = 1_795_694_400_123L;

    private static final HeldContent IMAGE =
            new HeldContent.Image(new ImageRecord(2, 3, new byte[] {0, 1, 2, 3, 4, -1}, Instant.ofEpochMilli(AT - 40)));

    private static final PinnedState ENTRY = new PinnedState(
            "HeldRecord.2",
            "labeler's state held-by-image-id",
            new HeldRecord(AT, AT + 5, IMAGE).toBytes(),
            bytes -> HeldRecord.fromBytes(bytes).toBytes(),
            1);

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
    void everyContentIsReadAsItWasWritten() {
        for (HeldContent content : List.of(label(7), new HeldContent.Joined(), encoded(8))) {
            HeldRecord read = HeldRecord.fromBytes(new HeldRecord(AT, 0, content).toBytes());

            assertThat(read).usingRecursiveComparison().isEqualTo(new HeldRecord(AT, 0, content));
        }
    }

    /// As the number of the branch, format 2 has what was the kind in format 1.
    @Test
    void format1IsRead() throws IOException {
        String label = Files.readString(Path.of("src", "test", "resources", "state", "HeldRecord.1.hex"))
                .strip();
        String kindLabel = "0102";
        assertThat(label).startsWith(kindLabel);

        ENTRY.assertReads(label, new HeldRecord(AT, AT + 5, label(7)).toBytes());
        ENTRY.assertReads(label.replaceFirst(kindLabel, "0100"), new HeldRecord(AT, AT + 5, encoded(7)).toBytes());
        ENTRY.assertReads(
                label.replaceFirst(kindLabel, "0104"), new HeldRecord(AT, AT + 5, new HeldContent.Joined()).toBytes());
    }

    @Test
    void fieldsOfNoImageAreRefused() {
        byte[] bytes = new HeldRecord(AT, AT + 5, IMAGE).toBytes();
        bytes[2] = 6; // the width

        assertThatExceptionOfType(StateFormatException.class)
                .isThrownBy(() -> HeldRecord.fromBytes(bytes))
                .withMessageStartingWith("the labeler's state held-by-image-id, format 2, is damaged");
    }

    private static HeldContent label(int pending) {
        return new HeldContent.Label(new byte[] {(byte) pending});
    }

    private static HeldContent encoded(int value) {
        return new HeldContent.EncodedImage(new byte[] {(byte) value});
    }

    @Test
    void whatEarlierBuildsWroteIsRead() {
        String at = "%016x".formatted(AT);
        ENTRY.assertReads("6c" + at + "07", new HeldRecord(AT, AT, label(7)).toBytes());
        LABEL.assertReads("00000003" + "00000002" + "%016x".formatted(300) + "00000008" + hex("t.labels") + "00000002"
                + "00000001" + hex("a") + "00000001ff" + "00000001" + hex("b") + "ffffffff" + "000000020809");
    }
}
