package dev.inkstream.interchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.Provenance;
import dev.inkstream.record.Sha256;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.record.WeightSnapshot.Layers;
import dev.inkstream.stream.Samples;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.SeekableByteArrayInput;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WeightsFormatTest {
    private static final WeightSnapshot TINY = withParameters(
            new Layers(List.of(2, 1, 2), "RELU", "SIGMOID", "INTERLEAVED"),
            0.5f,
            -0.1f,
            3e-9f,
            1f,
            Float.MIN_VALUE,
            -2f,
            16_777_216f);

    @ParameterizedTest
    @EnumSource(value = WeightsFormat.class, names = "ONNX", mode = EnumSource.Mode.EXCLUDE)
    void aVersionComesBackAsItWas(WeightsFormat format) {
        for (WeightSnapshot version : List.of(TINY, Trained.small(), Samples.snapshot(3))) {
            byte[] file = format.write(version);
            assertThat(WeightsFile.read(file)).isEqualTo(version);
            assertThat(format.write(version)).isEqualTo(file);
        }
    }

    /// Every float32 that is finite, in every format.
    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void everyFiniteValueComesBack(@ForAll @IntRange(min = 1, max = 6) int hidden, @ForAll long seed) {
        Random random = new Random(seed);
        float[] values = new float[4 * hidden + 2];
        for (int i = 0; i < values.length; i++) {
            float value = Float.intBitsToFloat(random.nextInt());
            values[i] = Float.isFinite(value) ? value : i;
        }
        WeightSnapshot version = withParameters(new Layers(List.of(1, hidden, 2), "SIGMOID", "SOFTMAX"), values);
        for (WeightsFormat format : List.of(WeightsFormat.INKSTREAM, WeightsFormat.NPZ, WeightsFormat.JSON)) {
            assertThat(WeightsFile.read(format.write(version)).parameters()).isEqualTo(version.parameters());
        }
    }

    @Test
    void avrosOwnReaderReadsTheContainer() throws IOException {
        try (DataFileReader<GenericRecord> file = new DataFileReader<>(
                new SeekableByteArrayInput(WeightsFormat.INKSTREAM.write(TINY)), new GenericDatumReader<>())) {
            GenericRecord record = file.next();
            assertThat(record.getSchema().getFullName()).isEqualTo("dev.inkstream.record.avro.WeightSnapshot");
            assertThat(record.get("model")).hasToString("digits");
            assertThat(record.get("version")).isEqualTo(3L);
            assertThat(file.hasNext()).isFalse();
        }
    }

    /// As `numpy.lib.format` writes it.
    @Test
    void arraysHaveTheHeaderOfNumpy() throws IOException {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(WeightsFormat.NPZ.write(TINY)))) {
            assertThat(zip.getNextEntry()).extracting(ZipEntry::getName).isEqualTo("metadata.npy");
            assertThat(zip.getNextEntry()).extracting(ZipEntry::getName).isEqualTo("w1.npy");
            byte[] w1 = zip.readAllBytes();
            String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 1), }";
            assertThat(HexFormat.of().formatHex(w1, 0, 10)).isEqualTo("934e554d5059" + "0100" + "7600");
            assertThat(new String(w1, 10, 0x76, StandardCharsets.US_ASCII))
                    .isEqualTo(header + " ".repeat(0x76 - header.length() - 1) + "\n");
            assertThat(HexFormat.of().formatHex(w1, 128, w1.length)).isEqualTo("0000003f" + "cdccccbd");
            assertThat(zip.getNextEntry()).extracting(ZipEntry::getName).isEqualTo("b1.npy");
            assertThat(new String(zip.readAllBytes(), StandardCharsets.US_ASCII))
                    .contains("'shape': (1,), }");
        }
    }

    @Test
    void theJsonIsReadByPeople() {
        assertThat(new String(WeightsFormat.JSON.write(TINY), StandardCharsets.UTF_8))
                .isEqualTo("{\"model\":\"digits\",\"version\":3,\"sha256\":\""
                        + TINY.id().weights()
                        + "\",\"layerSizes\":[2,1,2],\"hiddenActivation\":\"RELU\",\"outputActivation\":\"SIGMOID\","
                        + "\"summation\":\"INTERLEAVED\",\"examples\":0,\"miniBatches\":0,\"lastOffset\":-1,\"recentExamples\":0,\"recentCorrect\":0,"
                        + "\"recentLoss\":0.0,\"training\":\"" + TINY.training() + "\",\"layers\":["
                        + "{\"weights\":[[0.5],[-0.1]],\"biases\":[3.0E-9]},"
                        + "{\"weights\":[[1.0,1.4E-45]],\"biases\":[-2.0,1.6777216E7]}]}");
    }

    @ParameterizedTest
    @EnumSource(value = WeightsFormat.class, names = "ONNX", mode = EnumSource.Mode.EXCLUDE)
    void whatIsDamagedIsRefused(WeightsFormat format) {
        byte[] file = format.write(Samples.snapshot(3));
        // The directory at the end of a ZIP file only repeats what was read.
        int end = format == WeightsFormat.NPZ ? file.length / 2 : file.length - 1;
        for (int length = 0; length < end; length += 1 + length / 40) {
            byte[] cut = Arrays.copyOf(file, length);
            assertThatExceptionOfType(InvalidRecordException.class).isThrownBy(() -> WeightsFile.read(cut));
        }
        Random random = new Random(1);
        for (int i = 0; i < 2_000; i++) {
            byte[] changed = file.clone();
            changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            try {
                WeightSnapshot read = WeightsFile.read(changed);
                assertThat(read.parameters()).isEqualTo(Samples.snapshot(3).parameters());
            } catch (InvalidRecordException e) {
                assertThat(e).hasMessageNotContaining("\n");
            }
        }
    }

    @Test
    void saysWhatIsWrong() {
        assertRefused("it is no file of the format inkstream, npz or json that 'models export' wrote", "abc");
        assertRefused("its model is missing; it must be a text", "{}");
        assertRefused("the Avro file ends too early", "Obj\u0001\u007f\u007f\u007f\u007f");
        String json = new String(WeightsFormat.JSON.write(TINY), StandardCharsets.UTF_8);
        assertThatExceptionOfType(InvalidRecordException.class)
                .isThrownBy(() -> WeightsFile.read(json.replace("0.5", "0.25").getBytes(StandardCharsets.UTF_8)))
                .withMessageStartingWith("snapshot digits v3 is corrupt: its parameters have SHA-256 ");
        assertThatExceptionOfType(InvalidRecordException.class)
                .isThrownBy(() -> WeightsFile.read(
                        WeightsFormat.INKSTREAM.write(withParameters(TINY.layers(), 1, 2, 3, Float.NaN, 4, 5, 6))))
                .withMessage("snapshot digits v3 is refused: the weight of layer 1 from input 0 to output 0 is NaN; it"
                        + " must be finite");
    }

    @Test
    void anOnnxFileIsNamed() {
        assertThatExceptionOfType(InvalidRecordException.class)
                .isThrownBy(() -> WeightsFile.read(WeightsFormat.ONNX.write(TINY)))
                .withMessage(
                        "it seems to be an ONNX file, which cannot be imported; export the version as inkstream, npz"
                                + " or json");
    }

    /// They may be as large as the file.
    @Test
    void unknownFieldsAreSkipped() {
        String json = new String(WeightsFormat.JSON.write(TINY), StandardCharsets.UTF_8);
        String more = "\"next\":" + "[".repeat(500) + "1" + "]".repeat(500) + ",\"other\":{\"layers\":[1,2]},"
                + "\"text\":\"" + "x".repeat(100_000) + "\",";

        assertThat(WeightsFile.read(
                        json.replace("{\"model\"", "{" + more + "\"model\"").getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(TINY);
    }

    @Test
    void longTextsAndListsAreRefused() {
        String json = new String(WeightsFormat.JSON.write(TINY), StandardCharsets.UTF_8);
        assertRefused(
                "its training has 5000 characters; it must have at most 4000",
                json.replace(TINY.training(), "x".repeat(5_000)));
        assertRefused(
                "its layerSizes are no list of at most 100 numbers",
                json.replace("[2,1,2]", "[2" + ",1".repeat(100) + "]"));
        assertRefused("its layerSizes are no list of at most 100 numbers", json.replace("[2,1,2]", "2"));
        assertRefused(
                "its model has a name of 201 characters; it must have at most 200",
                json.replace("digits", "d".repeat(201)));
        assertThatExceptionOfType(InvalidRecordException.class)
                .isThrownBy(() -> WeightsFile.read(WeightsFormat.NPZ.write(named("d".repeat(20_000)))))
                .withMessage("metadata has more than 65536 bytes");
        for (WeightsFormat format : List.of(WeightsFormat.INKSTREAM, WeightsFormat.NPZ, WeightsFormat.JSON)) {
            assertThatExceptionOfType(InvalidRecordException.class)
                    .isThrownBy(() -> WeightsFile.read(format.write(named("d".repeat(1_000)))))
                    .withMessage("its model has a name of 1000 characters; it must have at most 200");
        }
    }

    private static WeightSnapshot named(String model) {
        return new WeightSnapshot(
                new ModelVersion(model, 3, TINY.id().weights()),
                TINY.layers(),
                TINY.weights(),
                TINY.progress(),
                TINY.training(),
                TINY.provenance());
    }

    private static void assertRefused(String message, String file) {
        assertThatExceptionOfType(InvalidRecordException.class)
                .isThrownBy(() -> WeightsFile.read(file.getBytes(StandardCharsets.ISO_8859_1)))
                .withMessage(message);
    }

    private static WeightSnapshot withParameters(Layers layers, float... values) {
        FloatList parameters = new FloatList();
        for (float value : values) {
            parameters.add(value);
        }
        WeightSnapshot some = Samples.snapshot(3);
        byte[] bytes = parameters.toBytes();
        return new WeightSnapshot(
                        new ModelVersion("digits", 3, Sha256.of(bytes)),
                        layers,
                        bytes,
                        some.progress(),
                        some.training())
                .with(Provenance.unknown());
    }
}
