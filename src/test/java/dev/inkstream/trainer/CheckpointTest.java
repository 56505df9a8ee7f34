package dev.inkstream.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.inkstream.record.StateFormatException;
import dev.inkstream.stream.Samples;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CheckpointTest {
    private static final Checkpoint CHECKPOINT = new Checkpoint("a=b", 7, 300, 40, new byte[] {1, 2, 3});

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void comesBackAsItWas(
            @ForAll String training,
            @ForAll long version,
            @ForAll long nextOffset,
            @ForAll long firstOffset,
            @ForAll @Size(max = 500) byte[] learner) {
        byte[] bytes = new Checkpoint(training, version, nextOffset, firstOffset, learner).toBytes();
        Checkpoint back = Checkpoint.fromBytes(bytes);
        assertThat(back.training()).isEqualTo(training);
        assertThat(back.version()).isEqualTo(version);
        assertThat(back.nextOffset()).isEqualTo(nextOffset);
        assertThat(back.firstOffset()).isEqualTo(firstOffset);
        assertThat(back.learner()).isEqualTo(learner);
        assertThat(back.toBytes()).isEqualTo(bytes);
    }

    @Test
    void refusesEveryTruncation() {
        byte[] bytes = CHECKPOINT.toBytes();
        for (int length = 1; length < bytes.length; length++) {
            refusesAsDamaged(3, Arrays.copyOf(bytes, length));
        }
    }

    @Test
    void refusesBytesLeftOver() {
        byte[] bytes = CHECKPOINT.toBytes();
        refusesAsDamaged(3, Arrays.copyOf(bytes, bytes.length + 1));
    }

    /// It takes no memory for them either.
    @Test
    void refusesALengthThatCannotBe() {
        for (String length : new String[] {"01", "ffffffff0f", "feffffff0f", "ffffffffffffffffff01"}) {
            refusesAsDamaged(3, HexFormat.of().parseHex("0306613d62" + "0ed80450" + length + "010203"));
        }
    }

    @Test
    void refusesADamagedOneOfTheFormatBefore() {
        String before = "00000001" + "0003613d62" + "0000000000000007" + "000000000000012c" + "00000003010203";
        byte[] bytes = HexFormat.of().parseHex(before);
        assertThat(Checkpoint.fromBytes(bytes).toBytes())
                .isEqualTo(new Checkpoint("a=b", 7, 300, -1, CHECKPOINT.learner()).toBytes());
        for (int length = 1; length < bytes.length; length++) {
            refusesAsDamaged(1, Arrays.copyOf(bytes, length));
        }
        refusesAsDamaged(1, Arrays.copyOf(bytes, bytes.length + 1));
        for (int length : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            ByteBuffer.wrap(bytes).putInt(bytes.length - 7, length);
            refusesAsDamaged(1, bytes);
        }
    }

    @Test
    void refusesAnotherFormat() {
        for (String bytes : new String[] {"04", "00000004"}) {
            assertThatExceptionOfType(StateFormatException.class)
                    .isThrownBy(() -> Checkpoint.fromBytes(HexFormat.of().parseHex(bytes)))
                    .withMessage(
                            "the trainer's checkpoint has format 4; this build reads 2 to 3. Start the build that wrote"
                                    + " it, or a newer one.");
        }
    }

    @Test
    void refusesALearnerOfAnotherFormat() {
        Checkpoint checkpoint = Training.start(Samples.TRAINING).checkpoint();
        checkpoint.learner()[0] = 2;
        assertThatExceptionOfType(StateFormatException.class)
                .isThrownBy(() -> Training.resume(Samples.TRAINING, checkpoint))
                .withMessage(
                        "the trainer's checkpoint cannot be read: its learner state has the format 2; it must have 1."
                                + " Start the build that wrote it, or a newer one.");
    }

    private static void refusesAsDamaged(int format, byte[] bytes) {
        assertThatExceptionOfType(StateFormatException.class)
                .isThrownBy(() -> Checkpoint.fromBytes(bytes))
                .withMessage("the trainer's checkpoint, format " + format + ", is damaged: it is shorter or longer"
                        + " than it says. Restore its changelog topic from a copy, or start another"
                        + " model or use another topic prefix.");
    }
}
