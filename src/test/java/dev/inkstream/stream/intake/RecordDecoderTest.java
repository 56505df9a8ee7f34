package dev.inkstream.stream.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.record.RejectReason;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.Frames;
import dev.inkstream.stream.Samples;
import org.apache.kafka.streams.processor.api.Record;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordDecoderTest {
    private final RecordDecoder<LabeledImage> images =
            new RecordDecoder<>("any", Samples.SERDES.labeledImage().deserializer(), Samples.FORMAT::check);
    private final RecordDecoder<WeightSnapshot> snapshots =
            Samples.TOPICS.weightSnapshots().decoder(Samples.SERDES);

    @Test
    void givesKeyAndValue() {
        assertThat(decode(images, Samples.text("zähler-1"), Samples.bytes(Samples.example(3))))
                .isEqualTo(new RecordDecoder.Decoded<>("zähler-1", Samples.example(3)));
    }

    @Test
    void refusesAKeyThatIsNoId() {
        byte[] good = Samples.bytes(Samples.example(0));
        assertInvalid(
                RejectReason.NULL_KEY, "key is null or empty; it must be an id", () -> decode(images, null, good));
        assertInvalid(
                RejectReason.NULL_KEY,
                "key is null or empty; it must be an id",
                () -> decode(images, new byte[0], good));
        assertInvalid(
                RejectReason.LONG_KEY,
                "key has 1025 bytes; it must have at most 1024",
                () -> decode(images, Samples.text("x".repeat(1_025)), good));
        assertThat(decode(images, Samples.text("x".repeat(1_024)), good).key()).hasSize(1_024);
        assertInvalid(
                RejectReason.UNDECODABLE,
                "key is not UTF-8 text",
                () -> decode(images, new byte[] {(byte) 0xc3}, good));
    }

    @Test
    void theKeyIsLookedAtFirst() {
        assertInvalid(
                RejectReason.NULL_KEY, "key is null or empty; it must be an id", () -> decode(images, null, null));
    }

    @Test
    void refusesWhatTheModelCannotUse() {
        byte[] key = Samples.text("id");
        assertInvalid(RejectReason.NULL_VALUE, "value is null", () -> decode(images, key, null));
        assertInvalid(
                RejectReason.LABEL_RANGE,
                "label is 4; it must be 0 to 3, the classes of this model",
                () -> decode(images, key, Frames.labeledImage(3, 2, 6, 4)));
        assertThat(decode(images, key, Frames.labeledImage(3, 2, 6, 3)).value().label())
                .isEqualTo(3);
    }

    @Test
    void aSnapshotLiesUnderItsModelsName() {
        WeightSnapshot snapshot = Samples.snapshot(4);
        assertThat(decode(snapshots, Samples.text("digits"), Samples.bytes(snapshot))
                        .value())
                .isEqualTo(snapshot);
        assertInvalid(
                RejectReason.BAD_SNAPSHOT,
                "snapshot digits v4 has the key digit; it must be the model's name",
                () -> decode(snapshots, Samples.text("digit"), Samples.bytes(snapshot)));
    }

    /// A shadow runs beside what serves: it is on `serving-weights` alone.
    @Test
    void aShadowIsOnServingWeightsAlone() {
        byte[] value = Samples.bytes(Samples.snapshot(4));
        byte[] key = Samples.text("digits@shadow");
        assertThat(decode(Samples.TOPICS.servingWeights().decoder(Samples.SERDES), key, value)
                        .value())
                .isEqualTo(Samples.snapshot(4));
        assertInvalid(
                RejectReason.BAD_SNAPSHOT,
                "snapshot digits v4 has the key digits@shadow; it must be the model's name",
                () -> decode(snapshots, key, value));
    }

    private static <T> RecordDecoder.Decoded<T> decode(
            RecordDecoder<T> decoder, byte @Nullable [] key, byte @Nullable [] value) {
        return decoder.decode(new Record<>(key, value, 0));
    }

    private static void assertInvalid(RejectReason reason, String message, ThrowingCallable call) {
        assertThatExceptionOfType(InvalidRecordException.class)
                .isThrownBy(call)
                .withMessage(message)
                .matches(e -> e.reason() == reason);
    }
}
