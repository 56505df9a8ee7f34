package dev.inkstream.codec;

import static dev.inkstream.codec.Invalid.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.inkstream.record.ConfusionMatrix;
import dev.inkstream.record.Evaluation;
import dev.inkstream.record.ImageRecord;
import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.RejectReason;
import dev.inkstream.record.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The ways in which bytes are not what they should be, one by one. Each is an [InvalidRecordException], since anything
/// else would stop every reader of the topic, at every start again.
class AvroDefectsTest {
    private static final AvroSerdes SERDES = new AvroSerdes(new InMemorySchemaRegistry());
    private static final ImageRecord IMAGE =
            new ImageRecord(3, 2, new byte[] {1, 2, 3, 4, 5, 6}, Instant.ofEpochMilli(1_000));

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4})
    void tooShort(int length) {
        assertInvalid(
                RejectReason.UNDECODABLE,
                "value has " + length + " bytes; a framed Avro record has at least 5",
                () -> readImage(new byte[length]));
    }

    @Test
    void wrongFirstByte() {
        byte[] framed = framedImage();
        framed[0] = (byte) 0xfe;
        assertInvalid(
                RejectReason.UNDECODABLE,
                "value starts with byte 254; a framed Avro record starts with byte 0 and a schema id",
                () -> readImage(framed));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, -1, Integer.MIN_VALUE})
    void unknownSchema(int id) {
        byte[] framed = framedImage();
        ByteBuffer.wrap(framed).putInt(1, id);
        assertInvalid(
                RejectReason.UNKNOWN_SCHEMA,
                "schema id " + id
                        + " is none of Inkstream's own; if a schema registry gave it, set schema.registry.url",
                () -> readImage(framed));
    }

    /// As Apicurio's serializers write by default up to version 2.
    @Test
    void anIdOfEightBytesIsNamed() {
        byte[] framed = ByteBuffer.allocate(20).put((byte) 0).putLong(7).array();
        assertInvalid(
                RejectReason.UNKNOWN_SCHEMA,
                "value has schema id 0; it must be 1 or more. If the producer writes ids of 8 bytes, as some versions of"
                        + " Apicurio do, the id is 7; set it to ids of 4 bytes",
                () -> readImage(framed));
        assertInvalid(
                RejectReason.UNKNOWN_SCHEMA,
                "value has schema id 0; it must be 1 or more",
                () -> readImage(Arrays.copyOf(framed, 8)));
    }

    @Test
    void everyTruncation() {
        byte[] framed = framedImage();
        for (int length = 5; length < framed.length; length++) {
            byte[] cut = Arrays.copyOf(framed, length);
            assertThatExceptionOfType(InvalidRecordException.class)
                    .isThrownBy(() -> readImage(cut))
                    .withMessageStartingWith("value is not an Avro ImageRecord: ")
                    .matches(e -> e.reason() == RejectReason.UNDECODABLE);
        }
        for (int length : new int[] {5, framed.length - 1}) {
            assertInvalid(
                    RejectReason.UNDECODABLE,
                    "value is not an Avro ImageRecord: its bytes end too early",
                    () -> readImage(Arrays.copyOf(framed, length)));
        }
        assertThat(readImage(framed)).isEqualTo(IMAGE);
    }

    @Test
    void bytesLeftOver() {
        byte[] framed = framedImage();
        assertInvalid(
                RejectReason.UNDECODABLE,
                "value is not an Avro ImageRecord: bytes are left over",
                () -> readImage(Arrays.copyOf(framed, framed.length + 1)));
    }

    @ParameterizedTest
    @ValueSource(longs = {100_000_000, 1_900_000_000, Integer.MAX_VALUE, 1L << 40, Long.MAX_VALUE, -1, Long.MIN_VALUE})
    void aLengthThatTheBytesDoNotHaveTakesNoMemory(long length) {
        byte[] pixels = body("ImageRecord", encoder -> {
            encoder.writeInt(28);
            encoder.writeInt(28);
            encoder.writeLong(length);
        });
        refusedWithoutMemory(SERDES.image().deserializer(), pixels);
        byte[] model = body("Evaluation", encoder -> encoder.writeLong(length));
        refusedWithoutMemory(SERDES.evaluation().deserializer(), model);
        byte[] scores = body("Prediction", encoder -> {
            encoder.writeString("id");
            encoder.writeInt(1);
            encoder.writeLong(length);
        });
        refusedWithoutMemory(SERDES.prediction().deserializer(), scores);
        byte[] sizes = body("WeightSnapshot", encoder -> {
            encoder.writeString("model");
            encoder.writeLong(1);
            encoder.writeLong(length);
        });
        refusedWithoutMemory(SERDES.weightSnapshot().deserializer(), sizes);
        byte[] confusion = body("Evaluation", encoder -> {
            encoder.writeString("model");
            encoder.writeLong(1);
            encoder.writeBytes(new byte[32]);
            encoder.writeLong(1);
            encoder.writeLong(1);
            encoder.writeLong(1);
            encoder.writeDouble(1);
            encoder.writeInt(10);
            encoder.writeLong(length);
        });
        refusedWithoutMemory(SERDES.evaluation().deserializer(), confusion);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 4, 1_000_000})
    void anActivationThatIsNoSymbol(int symbol) {
        byte[] framed = body("WeightSnapshot", encoder -> {
            encoder.writeString("model");
            encoder.writeLong(1);
            encoder.writeArrayStart();
            encoder.writeArrayEnd();
            encoder.writeEnum(symbol);
            encoder.writeFixed(new byte[40]);
        });
        assertInvalid(
                RejectReason.UNDECODABLE,
                "value is not an Avro WeightSnapshot: Enumeration out of range: must be in [0, 4), but received "
                        + symbol,
                () -> SERDES.weightSnapshot().deserializer().deserialize("any", framed));
    }

    @Test
    void sidesOutOfRange() {
        for (int[] sides : List.of(
                new int[] {0, 6}, new int[] {6, 0}, new int[] {-2, -3}, new int[] {4097, 1}, new int[] {1, 4097})) {
            assertInvalid(
                    RejectReason.IMAGE_SIZE,
                    "image is " + sides[0] + "x" + sides[1] + "; each side must be 1 to 4096 pixels",
                    () -> readImage(image(sides[0], sides[1], 6)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 7})
    void anotherNumberOfPixels(int pixels) {
        assertInvalid(
                RejectReason.PIXEL_COUNT,
                "image of 3x2 needs 6 pixels but has " + pixels,
                () -> readImage(image(3, 2, pixels)));
    }

    @Test
    void aNegativeLabel() {
        byte[] framed = SERDES.labeledImage().serializer().serialize("any", new LabeledImage(IMAGE, 0));
        framed[framed.length - 1] = 1;
        assertInvalid(
                RejectReason.LABEL_RANGE,
                "label is -1; it must be 0 or more",
                () -> SERDES.labeledImage().deserializer().deserialize("any", framed));
    }

    @Test
    void aDigestThatIsNot32Bytes() throws IOException {
        byte[] framed = SERDES.evaluation()
                .serializer()
                .serialize(
                        "any",
                        new Evaluation(
                                new ModelVersion("digits", 0, Sha256.of(new byte[0])),
                                0,
                                ConfusionMatrix.of(1, new long[1]),
                                0,
                                false));
        GenericRecord altered = Contract.read("Evaluation", framed);
        altered.put("weightsSha256", ByteBuffer.allocate(31));
        byte[] reframed = Contract.write(ByteBuffer.wrap(framed).getInt(1), altered);
        assertInvalid(
                RejectReason.UNDECODABLE,
                "SHA-256 has 31 bytes; it must have 32",
                () -> SERDES.evaluation().deserializer().deserialize("any", reframed));
    }

    @Test
    void anEvaluationThatContradictsItsOwnMatrix() throws IOException {
        byte[] framed = SERDES.evaluation()
                .serializer()
                .serialize(
                        "any",
                        new Evaluation(
                                new ModelVersion("digits", 0, Sha256.of(new byte[0])),
                                0,
                                ConfusionMatrix.of(2, new long[] {3, 1, 0, 4}),
                                0,
                                false));
        GenericRecord altered = Contract.read("Evaluation", framed);
        altered.put("correct", 8L);
        byte[] reframed = Contract.write(ByteBuffer.wrap(framed).getInt(1), altered);
        assertInvalid(
                RejectReason.UNDECODABLE,
                "evaluation says 8 of 8 correct, its confusion matrix 7 of 8",
                () -> SERDES.evaluation().deserializer().deserialize("any", reframed));
    }

    private static void refusedWithoutMemory(Deserializer<?> deserializer, byte[] framed) {
        long before = allocated();
        assertThatExceptionOfType(InvalidRecordException.class)
                .isThrownBy(() -> deserializer.deserialize("any", framed))
                .matches(e -> e.reason() == RejectReason.UNDECODABLE);
        assertThat(allocated() - before).isLessThan(10_000_000);
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    private static ImageRecord readImage(byte[] framed) {
        return SERDES.image().deserializer().deserialize("any", framed);
    }

    private static byte[] framedImage() {
        return SERDES.image().serializer().serialize("any", IMAGE);
    }

    private static byte[] image(int width, int height, int pixels) {
        return body("ImageRecord", encoder -> {
            encoder.writeInt(width);
            encoder.writeInt(height);
            encoder.writeBytes(new byte[pixels]);
            encoder.writeLong(1_000);
        });
    }

    private static int idOf(String schema) {
        return InMemorySchemaRegistry.idOf(Contract.schema(schema));
    }

    @FunctionalInterface
    private interface Fields {
        void write(BinaryEncoder encoder) throws IOException;
    }

    private static byte[] body(String schema, Fields fields) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(Contract.frame(idOf(schema)));
        try {
            fields.write(EncoderFactory.get().directBinaryEncoder(out, null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
