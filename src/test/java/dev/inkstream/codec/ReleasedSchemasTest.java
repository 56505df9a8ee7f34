package dev.inkstream.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.inkstream.record.ConfusionMatrix;
import dev.inkstream.record.DriftEvent;
import dev.inkstream.record.DriftEvent.ErrorRate;
import dev.inkstream.record.Evaluation;
import dev.inkstream.record.HoldoutEvidence;
import dev.inkstream.record.ImageRecord;
import dev.inkstream.record.Label;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.record.LiveEvaluation;
import dev.inkstream.record.LiveEvaluation.Unmatched;
import dev.inkstream.record.LiveEvaluation.Window;
import dev.inkstream.record.LiveEvidence;
import dev.inkstream.record.ModelCommand;
import dev.inkstream.record.ModelDecision;
import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.Prediction;
import dev.inkstream.record.Prediction.Position;
import dev.inkstream.record.Provenance;
import dev.inkstream.record.Publisher;
import dev.inkstream.record.Sha256;
import dev.inkstream.record.TrainingProgress;
import dev.inkstream.record.TrainingProgress.Prequential;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.record.WeightSnapshot.Layers;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Records stay on topics longer than the version that wrote them: every schema that was ever written with is read for
/// ever, without a registry too.
class ReleasedSchemasTest {
    private static final Path FOLDER = Path.of("src/main/resources/schemas/released");
    private static final Instant AT = Instant.ofEpochMilli(1_764_000_000_123L);
    private static final byte[] WEIGHTS = {1, 2, 3, 4};
    private static final ModelVersion VERSION = new ModelVersion("digits", 7, Sha256.of(WEIGHTS));
    private static final ModelVersion SHADOW = new ModelVersion("digits", 8, Sha256.of(WEIGHTS));
    private static final ImageRecord IMAGE = new ImageRecord(2, 1, new byte[] {0, (byte) 0xff}, AT);

    /// The bytes of one record of each released schema, and what it says. A schema that is released adds one; none is
    /// ever changed or removed.
    private static List<Arguments> records() {
        return List.of(
                record("ImageRecord-478848238", "001c8aa4ee04020400fff6a1bfe9d666", AvroSerdes::image, IMAGE),
                record(
                        "LabeledImage-1610232941",
                        "005ffa346d04020400fff6a1bfe9d66612",
                        AvroSerdes::labeledImage,
                        new LabeledImage(IMAGE, 9)),
                record(
                        "Prediction-841346866",
                        "003225ef320869642d3102040000803e0000403f000c6469676974730e409f64a747e1b97f131fabb6b447296c9b"
                                + "6f0201e79fb3c5356e6c77e89b6a806a068080808040f6a1bfe9d666",
                        AvroSerdes::prediction,
                        new Prediction("id-1", 1, new float[] {0.25f, 0.75f}, VERSION, new Position(3, 1L << 33), AT)),
                record(
                        "Prediction-876659234",
                        "003440c2220869642d3102040000803e0000403f000c6469676974730e409f64a747e1b97f131fabb6b447296c9b"
                                + "6f0201e79fb3c5356e6c77e89b6a806a068080808040f6a1bfe9d6660200040000003f0000003f0010409f64a7"
                                + "47e1b97f131fabb6b447296c9b6f0201e79fb3c5356e6c77e89b6a806a",
                        AvroSerdes::prediction,
                        new Prediction(
                                "id-1",
                                1,
                                new float[] {0.25f, 0.75f},
                                VERSION,
                                new Position(3, 1L << 33),
                                AT,
                                Optional.of(new Prediction.Shadow(0, new float[] {0.5f, 0.5f}, SHADOW)))),
                record(
                        "ModelCommand-698266082",
                        "00299eb1e20463310c6469676974730a020e02086265737406616e6e0a6974206973f6a1bfe9d666",
                        AvroSerdes::modelCommand,
                        new ModelCommand(
                                "c1", "digits", new ModelCommand.Request.Alias("best", 7), "ann", "it is", AT)),
                record(
                        "ModelDecision-453009360",
                        "001b005fd00c6469676974730814020e02409f64a747e1b97f131fabb6b447296c9b6f0201e79fb3c5356e6c77e8"
                                + "9b6a806a0212020c06616e6e020463310a6974206973020862657374020e000402c801b401000000000000c03f"
                                + "020cb6010608000000000000e03f00020e0c6410040000000000001240000000000000d03ff6a1bfe9d666",
                        AvroSerdes::modelDecision,
                        decision()),
                record(
                        "WeightSnapshot-453764367",
                        "001b0be50f0c6469676974730e0402020004040801020304409f64a747e1b97f131fabb6b447296c9b6f0201e79f"
                                + "b3c5356e6c77e89b6a806ac80114f0016450000000000000e03f0c736565643d31",
                        AvroSerdes::weightSnapshot,
                        snapshot("RELU")),
                record(
                        "WeightSnapshot-1346486190",
                        "005041bfae0c6469676974730e0402020006040801020304409f64a747e1b97f131fabb6b447296c9b6f0201e79f"
                                + "b3c5356e6c77e89b6a806ac80114f0016450000000000000e03f0c736565643d31",
                        AvroSerdes::weightSnapshot,
                        snapshot("LEAKY_RELU")),
                record(
                        "WeightSnapshot-425564318",
                        "00195d989e0c6469676974730e0402020006040801020304409f64a747e1b97f131fabb6b447296c9b6f0201e79f"
                                + "b3c5356e6c77e89b6a806ac80114f0016450000000000000e03f0c736565643d3102280240e77b9a9ae9e30b"
                                + "0dbdb6f510a264ef9de781501d7b6b92ae89eb059c5ab743db020e747261696e657206742d311e696e6b7374"
                                + "7265616d20302e332e30020e6e6f2066696c65",
                        AvroSerdes::weightSnapshot,
                        snapshot("LEAKY_RELU")
                                .with(new Provenance(
                                        OptionalLong.of(20),
                                        Optional.of(Sha256.of(new byte[] {5})),
                                        Optional.of(new Publisher("trainer", "t-1", "inkstream 0.3.0")),
                                        Optional.of("no file")))),
                record(
                        "WeightSnapshot-1324784106",
                        "004ef699ea0c6469676974730e0402020006040801020304409f64a747e1b97f131fabb6b447296c9b6f0201e79f"
                                + "b3c5356e6c77e89b6a806ac80114f0016450000000000000e03f0c736565643d310000000004",
                        AvroSerdes::weightSnapshot,
                        new WeightSnapshot(
                                VERSION,
                                new Layers(List.of(1, 1), "LEAKY_RELU", "SOFTMAX", "INTERLEAVED"),
                                WEIGHTS,
                                snapshot("RELU").progress(),
                                "seed=1")),
                record(
                        "Evaluation-141818224",
                        "000873f9700c6469676974730e409f64a747e1b97f131fabb6b447296c9b6f0201e79fb3c5356e6c77e89b6a806a"
                                + "c801201a000000000000c03f04080a0204100001",
                        AvroSerdes::evaluation,
                        new Evaluation(VERSION, 100, ConfusionMatrix.of(2, new long[] {5, 1, 2, 8}), 0.125, true)),
                record("Label-1527364819", "005b09bcd312f6a1bfe9d666", AvroSerdes::label, new Label(9, AT)),
                record(
                        "LiveEvaluation-1499901608",
                        "005966aea80c646967697473020ef6a1bfe9d666b6cbc6e9d666201a04080a0204100002040608",
                        AvroSerdes::liveEvaluation,
                        new LiveEvaluation(
                                "digits",
                                OptionalLong.of(7),
                                new Window(AT, AT.plusSeconds(60)),
                                ConfusionMatrix.of(2, new long[] {5, 1, 2, 8}),
                                new Unmatched(1, 2, 3, 4))),
                record(
                        "DriftEvent-2042375396",
                        "0079bc2ce40c6469676974730e000000000000d03f000000000000e03fc801640a616477696e",
                        AvroSerdes::driftEvent,
                        new DriftEvent("digits", 7, new ErrorRate(0.25, 100), new ErrorRate(0.5, 50), "adwin")));
    }

    private static ModelDecision decision() {
        return new ModelDecision(
                "digits",
                4,
                ModelDecision.Kind.ALIASED,
                Optional.of(new ModelDecision.Subject(VERSION, OptionalLong.of(9))),
                OptionalLong.of(6),
                new ModelDecision.Origin("ann", Optional.of("c1"), "it is", Optional.of("best")),
                new ModelDecision.Standing(OptionalLong.of(7), OptionalLong.empty(), ModelDecision.Mode.HELD),
                new ModelDecision.Evidence(
                        Optional.of(new HoldoutEvidence(
                                100,
                                90,
                                0.125,
                                Optional.of(new HoldoutEvidence.Paired(6, 91, 3, 4, 0.5)),
                                Optional.empty())),
                        Optional.of(new LiveEvidence(7, 6, 50, 8, 2, 4.5, 0.25))),
                AT);
    }

    @ParameterizedTest
    @MethodSource("records")
    void aRecordOfEachIsReadWithoutARegistry(
            String name, String bytes, Function<AvroSerdes, Serde<Object>> serde, Object expected) {
        Serde<Object> ours = serde.apply(new AvroSerdes(new InMemorySchemaRegistry()));
        if (name.equals(released(Contract.schema(expected.getClass().getSimpleName())))) {
            assertThat(HexFormat.of().formatHex(ours.serializer().serialize("any", expected)))
                    .as("what is written now")
                    .isEqualTo(bytes);
        }
        assertThat(ours.deserializer().deserialize("any", HexFormat.of().parseHex(bytes)))
                .isEqualTo(expected);
    }

    @Test
    void eachHasItsFileItsIdAndItsRecord() throws IOException {
        TreeSet<String> files = new TreeSet<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(FOLDER)) {
            for (Path file : found) {
                Schema schema = new Schema.Parser().parse(file.toFile());
                assertThat(file.getFileName())
                        .as("a file that changed: what it was is lost; restore it, and add another")
                        .hasToString(released(schema) + ".avsc");
                files.add(released(schema));
            }
        }
        assertThat(BuiltInSchemas.RELEASED).containsExactlyInAnyOrderElementsOf(files);
        assertThat(records()).extracting(record -> record.get()[0]).containsExactlyInAnyOrderElementsOf(files);
    }

    @Test
    void theSchemasAsTheyAreNowAreAmongThem() throws IOException {
        for (String name : Contract.NAMES) {
            assertThat(toRelease(Contract.schema(name))).isEmpty();
        }
    }

    @Test
    void aSchemaThatChangedSaysWhatToDo() throws IOException {
        Schema later = Contract.snapshotWithLaterActivation();
        int id = InMemorySchemaRegistry.idOf(later);
        assertThat(toRelease(later))
                .isEqualTo("schemas/WeightSnapshot.avsc has changed, and its id is now " + id + ". Copy it to"
                        + " src/main/resources/schemas/released/WeightSnapshot-" + id
                        + ".avsc, leave the files that are there, and add WeightSnapshot-" + id
                        + " to BuiltInSchemas.RELEASED and a record of it to this test: see \"To change a schema\" in"
                        + " CONTRIBUTING.md");
        Schema schema = Contract.schema("WeightSnapshot");
        String current = schema.toString();
        assertThat(toRelease(new Schema.Parser()
                        .parse(current.replaceFirst("\"default\":\"UNKNOWN\"", "\"default\":\"SIGMOID\""))))
                .isEqualTo("schemas/WeightSnapshot.avsc has another default or logical type than"
                        + " src/main/resources/schemas/released/" + released(schema)
                        + ".avsc, and the same id: without a registry, nobody"
                        + " can distinguish the two. Change what the id is made of too, such as a field");
        assertThat(toRelease(new Schema.Parser().parse(current.replace("without gaps", "with no gap"))))
                .isEmpty();
    }

    /// What is to do before a schema may be written with; empty for nothing.
    private static String toRelease(Schema schema) throws IOException {
        String name = released(schema);
        String file = "schemas/" + schema.getName() + ".avsc";
        if (!BuiltInSchemas.RELEASED.contains(name)) {
            return file + " has changed, and its id is now " + InMemorySchemaRegistry.idOf(schema)
                    + ". Copy it to src/main/resources/schemas/released/" + name
                    + ".avsc, leave the files that are there, and add " + name
                    + " to BuiltInSchemas.RELEASED and a record of it to this test: see \"To change a schema\" in"
                    + " CONTRIBUTING.md";
        }
        Schema released =
                new Schema.Parser().parse(FOLDER.resolve(name + ".avsc").toFile());
        return withoutDocs(schema).equals(withoutDocs(released))
                ? ""
                : file + " has another default or logical type than src/main/resources/schemas/released/" + name
                        + ".avsc, and the same"
                        + " id: without a registry, nobody can distinguish the two. Change what the id is made of too,"
                        + " such as a field";
    }

    /// Defaults and logical types are in it, which `Schema.equals` and the id leave out in part.
    private static JsonNode withoutDocs(Schema schema) throws IOException {
        JsonNode json = new ObjectMapper().readTree(schema.toString());
        json.findParents("doc").forEach(parent -> ((ObjectNode) parent).remove("doc"));
        return json;
    }

    private static String released(Schema schema) {
        return schema.getName() + "-" + InMemorySchemaRegistry.idOf(schema);
    }

    private static <D> Arguments record(String name, String bytes, Function<AvroSerdes, Serde<D>> serde, D expected) {
        return arguments(name, bytes, serde, expected);
    }

    private static WeightSnapshot snapshot(String hidden) {
        return new WeightSnapshot(
                VERSION,
                new Layers(List.of(1, 1), hidden, "SOFTMAX"),
                WEIGHTS,
                new TrainingProgress(100, 10, 120, new Prequential(50, 40, 0.5)),
                "seed=1");
    }
}
