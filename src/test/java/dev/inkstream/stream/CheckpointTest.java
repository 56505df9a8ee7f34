package dev.inkstream.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CheckpointTest {
    private static final Checkpoint CHECKPOINT = new Checkpoint("a=b", 7, 300, new byte[] {1, 2, 3});

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void comesBackAsItWas(
            @ForAll String training,
            @ForAll long version,
            @ForAll long nextOffset,
            @ForAll @Size(max = 500) byte[] learner) {
        byte[] bytes = new Checkpoint(training, version, nextOffset, learner).toBytes();
        Checkpoint back = Checkpoint.fromBytes(bytes);
        assertThat(back.training()).isEqualTo(training);
        assertThat(back.version()).isEqualTo(version);
        assertThat(back.nextOffset()).isEqualTo(nextOffset);
        assertThat(back.learner()).isEqualTo(learner);
        assertThat(back.toBytes()).isEqualTo(bytes);
    }

    /// The next version of this program must read what this one wrote.
    @Test
    void isTheSameBytesForEver() {
        assertThat(HexFormat.of().formatHex(CHECKPOINT.toBytes()))
                .isEqualTo("00000001" + "0003613d62" + "0000000000000007" + "000000000000012c" + "00000003010203");
    }

    @Test
    void refusesEveryTruncation() {
        byte[] bytes = CHECKPOINT.toBytes();
        int learner = bytes.length - 3;
        for (int length = 0; length < learner; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatIllegalStateException()
                    .isThrownBy(() -> Checkpoint.fromBytes(cut))
                    .withMessage("the trainer's checkpoint cannot be read: it ends too early");
        }
        assertThatIllegalStateException()
                .isThrownBy(() -> Checkpoint.fromBytes(Arrays.copyOf(bytes, bytes.length - 1)))
                .withMessage("the trainer's checkpoint cannot be read: it says 3 bytes follow, but 2 do");
    }

    @Test
    void refusesBytesLeftOver() {
        byte[] bytes = CHECKPOINT.toBytes();
        assertThatIllegalStateException()
                .isThrownBy(() -> Checkpoint.fromBytes(Arrays.copyOf(bytes, bytes.length + 1)))
                .withMessage("the trainer's checkpoint cannot be read: it says 3 bytes follow, but 4 do");
    }

    @Test
    void refusesALengthThatCannotBe() {
        byte[] bytes = CHECKPOINT.toBytes();
        for (int length : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            ByteBuffer.wrap(bytes).putInt(bytes.length - 7, length);
            assertThatIllegalStateException()
                    .isThrownBy(() -> Checkpoint.fromBytes(bytes))
                    .withMessage(
                            "the trainer's checkpoint cannot be read: it says " + length + " bytes follow, but 3 do");
        }
    }

    @Test
    void refusesAnotherFormat() {
        byte[] bytes = CHECKPOINT.toBytes();
        bytes[3] = 2;
        assertThatIllegalStateException()
                .isThrownBy(() -> Checkpoint.fromBytes(bytes))
                .withMessage("the trainer's checkpoint cannot be read: it has format 2, this version reads 1");
    }
}
