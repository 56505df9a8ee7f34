package dev.inkstream.stream.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.record.RejectReason;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.Frames;
import dev.inkstream.stream.Samples;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class RecordDecoderTest {
    private final RecordDecoder<LabeledImage> images =
            new RecordDecoder<>("any", Samples.SERDES.labeledImage().deserializer(), Samples.FORMAT::check);
    private final RecordDecoder<WeightSnapshot> snapshots =
            Samples.TOPICS.weightSnapshots().decoder(Samples.SERDES);

    @Test
    void givesKeyAndValue() {
        assertThat(images.decode(Samples.text("zähler-1"), Samples.bytes(Samples.example(3))))
                .isEqualTo(new RecordDecoder.Decoded<>("zähler-1", Samples.example(3)));
    }

    @Test
    void refusesAKeyThatIsNoId() {
        byte[] good = Samples.bytes(Samples.example(0));
        assertInvalid(RejectReason.NULL_KEY, "key is null or empty; it must be an id", () -> images.decode(null, good));
        assertInvalid(
                RejectReason.NULL_KEY,
                "key is null or empty; it must be an id",
                () -> images.decode(new byte[0], good));
        assertInvalid(
                RejectReason.LONG_KEY,
                "key has 1025 bytes; it must have at most 1024",
                () -> images.decode(Samples.text("x".repeat(1_025)), good));
        assertThat(images.decode(Samples.text("x".repeat(1_024)), good).key()).hasSize(1_024);
        assertInvalid(
                RejectReason.UNDECODABLE, "key is not UTF-8 text", () -> images.decode(new byte[] {(byte) 0xc3}, good));
    }

    @Test
    void theKeyIsLookedAtFirst() {
        assertInvalid(RejectReason.NULL_KEY, "key is null or empty; it must be an id", () -> images.decode(null, null));
    }

    @Test
    void refusesWhatTheModelCannotUse() {
        byte[] key = Samples.text("id");
        assertInvalid(RejectReason.NULL_VALUE, "value is null", () -> images.decode(key, null));
        assertInvalid(
                RejectReason.LABEL_RANGE,
                "label is 4; it must be 0 to 3, the classes of this model",
                () -> images.decode(key, Frames.labeledImage(3, 2, 6, 4)));
        assertThat(images.decode(key, Frames.labeledImage(3, 2, 6, 3)).value().label())
                .isEqualTo(3);
    }

    @Test
    void aSnapshotLiesUnderItsModelsName() {
        WeightSnapshot snapshot = Samples.snapshot(4);
        assertThat(snapshots
                        .decode(Samples.text("digits"), Samples.bytes(snapshot))
                        .value())
                .isEqualTo(snapshot);
        assertInvalid(
                RejectReason.BAD_SNAPSHOT,
                "snapshot digits v4 has the key digit; it must be the model's name",
                () -> snapshots.decode(Samples.text("digit"), Samples.bytes(snapshot)));
    }

    private static void assertInvalid(RejectReason reason, String message, ThrowingCallable call) {
        assertThatExceptionOfType(InvalidRecordException.class)
                .isThrownBy(call)
                .withMessage(message)
                .matches(e -> e.reason() == reason);
    }
}
