package dev.inkstream.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.record.ConfusionMatrix;
import dev.inkstream.record.Evaluation;
import dev.inkstream.record.ImageRecord;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.Prediction;
import dev.inkstream.record.Prediction.Position;
import dev.inkstream.record.Sha256;
import dev.inkstream.record.TrainingProgress;
import dev.inkstream.record.TrainingProgress.Prequential;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.record.WeightSnapshot.Layers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

class AvroSerdesTest {
    private static final Instant AT = Instant.parse("2026-11-24T05:00:00.123Z");
    private static final byte[] WEIGHTS = {1, 2, 3, 4};
    private static final ModelVersion VERSION = new ModelVersion("digits", 7, Sha256.of(WEIGHTS));

    private final AvroSerdes serdes = new AvroSerdes(new InMemorySchemaRegistry());

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void imagesComeBackAsTheyWere(@ForAll("images") ImageRecord image) throws IOException {
        comesBack(serdes.image(), image, "ImageRecord");
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void labeledImagesComeBackAsTheyWere(@ForAll("labeledImages") LabeledImage image) throws IOException {
        comesBack(serdes.labeledImage(), image, "LabeledImage");
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void predictionsComeBackAsTheyWere(@ForAll("predictions") Prediction prediction) throws IOException {
        comesBack(serdes.prediction(), prediction, "Prediction");
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void snapshotsComeBackAsTheyWere(@ForAll("snapshots") WeightSnapshot snapshot) throws IOException {
        comesBack(serdes.weightSnapshot(), snapshot, "WeightSnapshot");
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void evaluationsComeBackAsTheyWere(@ForAll("evaluations") Evaluation evaluation) throws IOException {
        comesBack(serdes.evaluation(), evaluation, "Evaluation");
    }

    /// Once more byte by byte, since the round trip would not notice a frame that both directions get wrong.
    @Test
    void anImageIsTheFrameAndItsFieldsInOrder() {
        byte[] framed =
                bytes(serdes.image(), new ImageRecord(2, 1, new byte[] {0, (byte) 0xff}, Instant.ofEpochMilli(1)));
        int id = InMemorySchemaRegistry.idOf(Contract.schema("ImageRecord"));
        assertThat(HexFormat.of().formatHex(framed))
                .isEqualTo("00" + HexFormat.of().toHexDigits(id) + "04" + "02" + "04" + "00ff" + "02");
    }

    @Test
    void aConsumerWithTheSchemaAloneReadsALabeledImage() throws IOException {
        byte[] pixels = {1, 2, 3, 4, 5, 6};
        GenericRecord read = Contract.read(
                "LabeledImage", bytes(serdes.labeledImage(), new LabeledImage(new ImageRecord(3, 2, pixels, AT), 9)));
        assertThat(fields(read)).containsExactly(3, 2, ByteBuffer.wrap(pixels), AT.toEpochMilli(), 9);
    }

    @Test
    void aConsumerWithTheSchemaAloneReadsAPrediction() throws IOException {
        Prediction prediction =
                new Prediction("zähler-1", 1, new float[] {0.25f, 0.75f}, VERSION, new Position(3, 1L << 33), AT);
        GenericRecord read = Contract.read("Prediction", bytes(serdes.prediction(), prediction));
        assertThat(texts(read))
                .containsExactly(
                        "zähler-1",
                        "1",
                        "[0.25, 0.75]",
                        "digits",
                        "7",
                        ByteBuffer.wrap(Sha256.of(WEIGHTS).bytes()).toString(),
                        "3",
                        "8589934592",
                        Long.toString(AT.toEpochMilli()),
                        "null");
        assertThat(read.get("weightsSha256"))
                .isEqualTo(ByteBuffer.wrap(Sha256.of(WEIGHTS).bytes()));
    }

    @Test
    void aConsumerWithTheSchemaAloneReadsASnapshot() throws IOException {
        WeightSnapshot snapshot = new WeightSnapshot(
                VERSION,
                new Layers(List.of(6, 5, 4), "RELU", "SOFTMAX"),
                WEIGHTS,
                new TrainingProgress(100, 10, 120, new Prequential(50, 40, 0.5)),
                "seed=1");
        GenericRecord read = Contract.read("WeightSnapshot", bytes(serdes.weightSnapshot(), snapshot));
        assertThat(texts(read).subList(0, 5)).containsExactly("digits", "7", "[6, 5, 4]", "RELU", "SOFTMAX");
        assertThat(read.get("parameters")).isEqualTo(ByteBuffer.wrap(WEIGHTS));
        assertThat(read.get("sha256"))
                .isEqualTo(ByteBuffer.wrap(Sha256.of(WEIGHTS).bytes()));
        assertThat(texts(read).subList(7, 14)).containsExactly("100", "10", "120", "50", "40", "0.5", "seed=1");
    }

    @Test
    void aConsumerWithTheSchemaAloneReadsAnEvaluationWithItsCountsAddedUp() throws IOException {
        Evaluation evaluation =
                new Evaluation(VERSION, 100, ConfusionMatrix.of(2, new long[] {5, 1, 2, 8}), 0.125, true);
        GenericRecord read = Contract.read("Evaluation", bytes(serdes.evaluation(), evaluation));
        assertThat(texts(read).subList(0, 2)).containsExactly("digits", "7");
        assertThat(texts(read).subList(3, 10)).containsExactly("100", "16", "13", "0.125", "2", "[5, 1, 2, 8]", "true");
    }

    @Test
    void whatAProducerWithTheSchemaAloneSendsIsRead() {
        Schema schema = Contract.schema("LabeledImage");
        GenericRecord sent = new GenericData.Record(schema);
        sent.put("width", 1);
        sent.put("height", 2);
        sent.put("pixels", ByteBuffer.wrap(new byte[] {7, 8}));
        sent.put("capturedAt", AT.toEpochMilli());
        sent.put("label", 3);
        byte[] framed = Contract.write(InMemorySchemaRegistry.idOf(schema), sent);
        assertThat(serdes.labeledImage().deserializer().deserialize("any", framed))
                .isEqualTo(new LabeledImage(new ImageRecord(1, 2, new byte[] {7, 8}, AT), 3));
    }

    @Test
    void nullIsNullBothWays() {
        assertThat(serdes.image().serializer().serialize("any", null)).isNull();
        assertThat(serdes.image().deserializer().deserialize("any", null)).isNull();
    }

    /// The generated schemas say besides that Java reads strings as `String`, which is no part of the contract.
    @Test
    void theSchemasBuiltInAreTheFiles() {
        assertThat(AvroSerdes.schemas().stream()
                        .map(schema -> schema.toString()
                                .replace("{\"type\":\"string\",\"avro.java.string\":\"String\"}", "\"string\"")))
                .containsExactlyElementsOf(Contract.NAMES.stream()
                        .map(name -> Contract.schema(name).toString())
                        .toList());
    }

    private static <D> void comesBack(Serde<D> serde, D record, String schema) throws IOException {
        byte[] framed = bytes(serde, record);
        D back = serde.deserializer().deserialize("any", framed);
        assertThat(back).isEqualTo(record).isNotSameAs(record).hasSameHashCodeAs(record);
        assertThat(bytes(serde, back)).isEqualTo(framed);
        assertThat(framed).startsWith(Contract.frame(InMemorySchemaRegistry.idOf(Contract.schema(schema))));
        assertThat(Contract.read(schema, framed).getSchema().getName()).isEqualTo(schema);
    }

    private static <D> byte[] bytes(Serde<D> serde, D record) {
        return serde.serializer().serialize("any", record);
    }

    private static List<Object> fields(GenericRecord record) {
        return record.getSchema().getFields().stream()
                .map(field -> record.get(field.pos()))
                .toList();
    }

    private static List<String> texts(GenericRecord record) {
        return fields(record).stream().map(String::valueOf).toList();
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
    Arbitrary<Prediction> predictions() {
        return RandomRecords.predictions();
    }

    @Provide
    Arbitrary<WeightSnapshot> snapshots() {
        return RandomRecords.snapshots();
    }

    @Provide
    Arbitrary<Evaluation> evaluations() {
        return RandomRecords.evaluations();
    }
}
