package dev.inkstream.trainer;

import static dev.inkstream.stream.PinnedState.hex;
import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.record.Sha256;
import dev.inkstream.stream.PinnedState;
import dev.inkstream.stream.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// What the trainer keeps, byte for byte.
class TrainerStateTest {
    private static final PinnedState CHECKPOINT = new PinnedState(
            "Checkpoint.3",
            "trainer's checkpoint",
            new Checkpoint("a=b", 7, 300, 40, new byte[] {1, 2, 3}).toBytes(),
            bytes -> Checkpoint.fromBytes(bytes).toBytes(),
            2);

    private static final byte[] WITHOUT_FIRST_OFFSET =
            new Checkpoint("a=b", 7, 300, -1, new byte[] {1, 2, 3}).toBytes();

    @Test
    void isTheSameForEver() throws IOException {
        CHECKPOINT.check();
    }

    @Test
    void whatEarlierBuildsWroteIsRead() {
        CHECKPOINT.assertReads(
                "00000001" + "0003" + hex("a=b") + "%016x%016x".formatted(7, 300) + "00000003010203",
                WITHOUT_FIRST_OFFSET);
    }

    @Test
    void format2IsRead() throws IOException {
        CHECKPOINT.assertReads(
                Files.readString(Path.of("src", "test", "resources", "state", "Checkpoint.2.hex"))
                        .strip(),
                WITHOUT_FIRST_OFFSET);
    }

    /// What the network packs itself.
    @Test
    void theLearnerIsTheSameToo() {
        Training training = Training.start(Samples.TRAINING);
        assertThat(Sha256.of(training.checkpoint().learner()).toString())
                .isEqualTo("9c45b65b2f46474feea2e29767b7db2bd6e98afcd0b29d88b90149c48e614011");
    }
}
