package dev.inkstream.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.record.ImageRecord;
import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.Label;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.Prediction;
import dev.inkstream.record.Prediction.Shadow;
import dev.inkstream.record.Sha256;
import dev.inkstream.record.Times;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A record of our own schema is read without Avro's reader. It must be the record that Avro reads, or be refused with
/// the same words, whatever the bytes are.
class PlainInputTest {
    private static final int MUTATIONS = 60;

    private final AvroSerdes serdes = new AvroSerdes(new InMemorySchemaRegistry());
    private final Random random = new Random(7);

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void images(@ForAll("images") ImageRecord image) {
        agrees(serdes.image(), ImageMapping.INSTANCE, image);
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void labeledImages(@ForAll("labeledImages") LabeledImage image) {
        agrees(serdes.labeledImage(), LabeledImageMapping.INSTANCE, image);
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void labels(@ForAll("labels") Label label) {
        agrees(serdes.label(), LabelMapping.INSTANCE, label);
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void predictions(@ForAll("predictions") Prediction prediction) {
        agrees(serdes.prediction(), PredictionMapping.INSTANCE, prediction);
    }

    /// Counts whose bytes overflow to none or few, in front of an array that a careless reader would take.
    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, (1L << 62) + 1, (1L << 62) + 2, -1, 1L << 32, Long.MAX_VALUE})
    void countsThatOverflow(long count) {
        byte[] framed = smallPrediction();
        byte[] number = new PlainOutput().beginPart().writeLong(count).toBytes();
        int at = WireFrame.LENGTH + 2; // behind the empty id and the label: the count of the scores
        assertThat(framed[at]).isEqualTo((byte) 4);
        byte[] forged = new byte[framed.length - 1 + number.length];
        System.arraycopy(framed, 0, forged, 0, at);
        System.arraycopy(number, 0, forged, at, number.length);
        System.arraycopy(framed, at + 1, forged, at + number.length, framed.length - at - 1);

        assertThat(PredictionMapping.INSTANCE.toDomain(new PlainInput().read(forged)))
                .as("what Avro's reader must decide about")
                .isNull();
        assertThat(outcome(() -> serdes.prediction().deserializer().deserialize("t", forged)))
                .isEqualTo(outcome(() -> read(PredictionMapping.INSTANCE, forged)));
    }

    /// The same number in more bytes than it needs: Avro takes as many as a number of the field's type may have.
    @ParameterizedTest
    @ValueSource(ints = {2, 5, 6, 10, 11})
    void numbersThatAreLongerThanTheyNeedBe(int bytes) {
        byte[] framed = smallPrediction();
        for (int at = WireFrame.LENGTH; at < framed.length; at++) {
            if (framed[at] >= 0) {
                byte[] longer = stretched(framed, at, bytes);
                assertThat(outcome(() -> serdes.prediction().deserializer().deserialize("t", longer)))
                        .as("byte " + at)
                        .isEqualTo(outcome(() -> read(PredictionMapping.INSTANCE, longer)));
            }
        }
    }

    /// Framed, with an empty id, so that the count of the scores is its third byte.
    private byte[] smallPrediction() {
        Prediction prediction = new Prediction(
                "",
                1,
                new float[] {0.25f, 0.75f},
                new ModelVersion("m", 0, Sha256.of(new byte[0])),
                new Prediction.Position(0, 0),
                Times.MIN);
        return serdes.prediction().serializer().serialize("t", prediction);
    }

    /// Writes one byte, if it is a number, as so many.
    private static byte[] stretched(byte[] framed, int at, int bytes) {
        byte[] longer = new byte[framed.length + bytes - 1];
        System.arraycopy(framed, 0, longer, 0, at);
        Arrays.fill(longer, at, at + bytes - 1, (byte) 0x80);
        longer[at] = (byte) (framed[at] | 0x80);
        System.arraycopy(framed, at + 1, longer, at + bytes, framed.length - at - 1);
        return longer;
    }

    private <D, A extends SpecificRecordBase> void agrees(Serde<D> serde, AvroMapping<D, A> mapping, D record) {
        byte[] framed = serde.serializer().serialize("t", record);
        assertThat(mapping.toDomain(new PlainInput().read(framed)))
                .as("what an ordinary writer writes needs no other reader")
                .isEqualTo(record);
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] mutated = mutated(framed);
            assertThat(outcome(() -> serde.deserializer().deserialize("t", mutated)))
                    .isEqualTo(outcome(() -> read(mapping, mutated)));
        }
    }

    /// Behind the frame: some bytes changed, and perhaps some removed or added.
    private byte[] mutated(byte[] framed) {
        int length = switch (random.nextInt(4)) {
            case 0 -> random.nextInt(WireFrame.LENGTH, framed.length + 1);
            case 1 -> framed.length + random.nextInt(12);
            default -> framed.length;
        };
        byte[] mutated = Arrays.copyOf(framed, length);
        int stretch = WireFrame.LENGTH + random.nextInt(30);
        if (stretch < length && mutated[stretch] >= 0 && random.nextInt(4) == 0) {
            return stretched(mutated, stretch, 2 + random.nextInt(10));
        }
        // The first bytes of a record are its sizes, and the last its numbers: most of it would be pixels.
        int from = random.nextBoolean() ? WireFrame.LENGTH : Math.max(WireFrame.LENGTH, length - 30);
        int to = Math.min(length, from + 30);
        for (int n = random.nextInt(4); n > 0 && to > from; n--) {
            mutated[random.nextInt(from, to)] = (byte) (random.nextBoolean() ? random.nextInt() : 0xff);
        }
        return mutated;
    }

    private static Object outcome(Supplier<Object> reading) {
        try {
            return reading.get();
        } catch (InvalidRecordException e) {
            return e.reason() + " " + e.getMessage();
        }
    }

    /// The other way, as it is for records of another schema.
    private static <D, A extends SpecificRecordBase> D read(AvroMapping<D, A> mapping, byte[] framed) {
        return new AvroDeserializer<>(new WithoutPlain<>(mapping), new InMemorySchemaRegistry())
                .deserialize("t", framed);
    }

    private record WithoutPlain<D, A extends SpecificRecordBase>(AvroMapping<D, A> mapping)
            implements AvroMapping<D, A> {
        @Override
        public Schema schema() {
            return mapping.schema();
        }

        @Override
        public A toAvro(D domain) {
            return mapping.toAvro(domain);
        }

        @Override
        public D toDomain(A avro) {
            return mapping.toDomain(avro);
        }
    }

    @Provide
    Arbitrary<ImageRecord> images() {
        return RandomRecords.images();
    }

    @Provide
    Arbitrary<LabeledImage> labeledImages() {
        return RandomRecords.labeledImages();
    }

    @Provide
    Arbitrary<Label> labels() {
        return Combinators.combine(
                        Arbitraries.integers().greaterOrEqual(0),
                        Arbitraries.longs().between(Times.MIN.toEpochMilli(), Times.MAX.toEpochMilli()))
                .as((label, at) -> new Label(label, Instant.ofEpochMilli(at)));
    }

    /// One in two with a shadow.
    @Provide
    Arbitrary<Prediction> predictions() {
        return Combinators.combine(RandomRecords.predictions(), Arbitraries.of(true, false))
                .as((each, shadowed) -> shadowed ? withShadow(each) : each);
    }

    static Prediction withShadow(Prediction of) {
        return new Prediction(
                of.imageId(),
                of.label(),
                of.scores(),
                of.model(),
                of.image(),
                of.capturedAt(),
                Optional.of(new Shadow(of.scores().length - 1, of.scores(), of.model())));
    }
}
