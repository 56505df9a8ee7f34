package dev.inkstream.codec;

import static dev.inkstream.codec.Invalid.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.record.ConfusionMatrix;
import dev.inkstream.record.Evaluation;
import dev.inkstream.record.ImageRecord;
import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.RejectReason;
import dev.inkstream.record.Sha256;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

/// Producers change their schemas before, and after, we do.
class AvroEvolutionTest {
    private static final String PIXELS = "{\"name\":\"pixels\",\"type\":\"bytes\"}";
    private static final String AT = "{\"name\":\"capturedAt\",\"type\":\"long\"}";
    private static final String WIDTH = "{\"name\":\"width\",\"type\":\"int\"}";
    private static final String HEIGHT = "{\"name\":\"height\",\"type\":\"int\"}";

    /// Bytes from the hidden activation to the end: the two activations, no parameters, the digest and its length,
    /// five counts, the loss, no text, and nothing of where it comes from, the order of sums.
    private static final int SNAPSHOT_AFTER_HIDDEN_ACTIVATION = 2 + 1 + 33 + 5 + 8 + 1 + 4 + 1;

    private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
    private final AvroSerdes serdes = new AvroSerdes(registry);

    @Test
    void aFieldThatWeDoNotKnowIsSkippedWhereverItStands() {
        Schema writer = image(WIDTH, "{\"name\":\"camera\",\"type\":[\"null\",\"string\"]}", HEIGHT, PIXELS, AT);
        GenericRecord sent = sent(writer);
        sent.put("camera", "north");
        assertThat(read(sent)).isEqualTo(new ImageRecord(2, 1, new byte[] {7, 8}, Instant.ofEpochMilli(5)));
    }

    @Test
    void fieldsMayComeInAnotherOrder() {
        assertThat(read(sent(image(AT, PIXELS, HEIGHT, WIDTH))))
                .isEqualTo(new ImageRecord(2, 1, new byte[] {7, 8}, Instant.ofEpochMilli(5)));
    }

    @Test
    void aNarrowerTypeIsWidened() {
        Schema writer = image(WIDTH, HEIGHT, PIXELS, "{\"name\":\"capturedAt\",\"type\":\"int\"}");
        GenericRecord sent = sent(writer);
        sent.put("capturedAt", 5);
        assertThat(read(sent)).isEqualTo(new ImageRecord(2, 1, new byte[] {7, 8}, Instant.ofEpochMilli(5)));
    }

    /// No field of ours has a default, so every one must be there.
    @Test
    void aFieldThatIsMissingIsUndecodable() {
        GenericRecord sent = sent(image(WIDTH, HEIGHT, PIXELS));
        assertInvalid(
                RejectReason.UNDECODABLE,
                "value is not an Avro ImageRecord: Found dev.inkstream.record.avro.ImageRecord, expecting"
                        + " dev.inkstream.record.avro.ImageRecord, missing required field capturedAt",
                () -> read(sent));
    }

    @Test
    void anotherTypeIsUndecodable() {
        Schema writer = image(WIDTH, HEIGHT, PIXELS, "{\"name\":\"capturedAt\",\"type\":\"string\"}");
        GenericRecord sent = sent(writer);
        sent.put("capturedAt", "yesterday");
        assertInvalid(
                RejectReason.UNDECODABLE,
                "value is not an Avro ImageRecord: Found string, expecting long",
                () -> read(sent));
    }

    @Test
    void anotherRecordIsUndecodable() {
        byte[] framed = serdes.evaluation()
                .serializer()
                .serialize(
                        "any",
                        new Evaluation(
                                new ModelVersion("digits", 0, Sha256.of(new byte[0])),
                                0,
                                ConfusionMatrix.of(1, new long[1]),
                                0,
                                false));
        assertInvalid(
                RejectReason.UNDECODABLE,
                "value is not an Avro ImageRecord: Found dev.inkstream.record.avro.Evaluation, expecting"
                        + " dev.inkstream.record.avro.ImageRecord, missing required field capturedAt",
                () -> serdes.image().deserializer().deserialize("any", framed));
    }

    /// The default of the enum, UNKNOWN, is what keeps a later activation from being read as one of today's.
    @Test
    void anActivationOfALaterVersionIsRefusedByName() {
        assertInvalid(
                RejectReason.BAD_SNAPSHOT,
                "snapshot's hidden activation is one that this version does not know",
                () -> readSnapshotWith(Contract.snapshotWithLaterActivation(), "hiddenActivation", "LATER"));
        assertInvalid(
                RejectReason.BAD_SNAPSHOT,
                "snapshot's output activation is one that this version does not know",
                () -> readSnapshotWith(
                        later("\"SOFTMAX\"]", "\"SOFTMAX\",\"SPARSEMAX\"]"), "outputActivation", "SPARSEMAX"));
        assertInvalid(
                RejectReason.BAD_SNAPSHOT,
                "snapshot's summation is one that this version does not know",
                () -> readSnapshotWith(
                        later("\"INTERLEAVED\"]", "\"INTERLEAVED\",\"PAIRWISE\"]"), "summation", "PAIRWISE"));
    }

    @Test
    void aSymbolThatNotEvenTheLaterVersionHasIsUndecodable() {
        Schema later = Contract.snapshotWithLaterActivation();
        byte[] framed = Contract.write(registry.register("s-value", later), snapshot(later));
        int symbol = framed.length - SNAPSHOT_AFTER_HIDDEN_ACTIVATION;
        assertThat(framed[symbol]).isEqualTo((byte) 4);
        framed[symbol] = 120;
        assertInvalid(
                RejectReason.UNDECODABLE,
                "value is not an Avro WeightSnapshot: Enumeration out of range: must be in [0, "
                        + later.getField("hiddenActivation")
                                .schema()
                                .getEnumSymbols()
                                .size() + "), but received 60",
                () -> serdes.weightSnapshot().deserializer().deserialize("any", framed));
    }

    /// Schemas are distinguished by their ids, so the first one seen must not be taken for all of them.
    @Test
    void recordsOfSeveralSchemasAreReadInTurn() {
        GenericRecord old = sent(image(AT, PIXELS, HEIGHT, WIDTH));
        GenericRecord current = sent(image(WIDTH, HEIGHT, PIXELS, AT));
        ImageRecord expected = new ImageRecord(2, 1, new byte[] {7, 8}, Instant.ofEpochMilli(5));
        var deserializer = serdes.image().deserializer();
        for (GenericRecord sent : List.of(old, current, old, current)) {
            assertThat(deserializer.deserialize("any", framed(sent))).isEqualTo(expected);
        }
    }

    private ImageRecord read(GenericRecord sent) {
        return serdes.image().deserializer().deserialize("any", framed(sent));
    }

    private byte[] framed(GenericRecord sent) {
        return Contract.write(registry.register("images-value", sent.getSchema()), sent);
    }

    private void readSnapshotWith(Schema later, String field, String symbol) {
        GenericRecord sent = snapshot(later);
        byte[] asToday = Contract.write(registry.register("s-value", later), sent);
        assertThat(serdes.weightSnapshot().deserializer().deserialize("any", asToday))
                .isNotNull();
        sent.put(field, enumOf(later, field, symbol));
        byte[] framed = Contract.write(registry.register("s-value", later), sent);
        serdes.weightSnapshot().deserializer().deserialize("any", framed);
    }

    private static Schema later(String symbols, String more) {
        Schema current = Contract.schema("WeightSnapshot");
        Schema later = new Schema.Parser().parse(current.toString().replace(symbols, more));
        assertThat(later).isNotEqualTo(current);
        return later;
    }

    private static GenericRecord snapshot(Schema later) {
        GenericRecord sent = new GenericData.Record(later);
        List.of("version", "examples", "miniBatches", "lastOffset", "recentExamples", "recentCorrect")
                .forEach(name -> sent.put(name, 0L));
        sent.put("model", "digits");
        sent.put("layerSizes", List.of(1));
        sent.put("hiddenActivation", enumOf(later, "hiddenActivation", "RELU"));
        sent.put("outputActivation", enumOf(later, "outputActivation", "SOFTMAX"));
        sent.put("summation", enumOf(later, "summation", "INTERLEAVED"));
        sent.put("parameters", ByteBuffer.allocate(0));
        sent.put("sha256", ByteBuffer.wrap(Sha256.of(new byte[0]).bytes()));
        sent.put("recentLoss", 0.0);
        sent.put("training", "");
        return sent;
    }

    private static GenericData.EnumSymbol enumOf(Schema record, String field, String symbol) {
        return new GenericData.EnumSymbol(record.getField(field).schema(), symbol);
    }

    private static Schema image(String... fields) {
        return new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"ImageRecord\",\"namespace\":\"dev.inkstream.record.avro\","
                        + "\"fields\":" + Arrays.toString(fields) + "}");
    }

    private static GenericRecord sent(Schema writer) {
        GenericRecord sent = new GenericData.Record(writer);
        sent.put("width", 2);
        sent.put("height", 1);
        sent.put("pixels", ByteBuffer.wrap(new byte[] {7, 8}));
        if (writer.getField("capturedAt") != null) {
            sent.put("capturedAt", 5L);
        }
        return sent;
    }
}
