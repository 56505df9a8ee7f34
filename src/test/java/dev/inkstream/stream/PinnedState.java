package dev.inkstream.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.inkstream.record.StateFormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.UnaryOperator;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/// Bytes that lie on a changelog or an internal topic. The next build must read what this one wrote: to change them is
/// to add a version, and to read the version before it.
///
/// @param schema name and version of the Avro schema in `src/main/avro`
/// @param what they are, as a message says it
/// @param again reads bytes and writes them again
/// @param oldest the first version that is read
public record PinnedState(String schema, String what, byte[] sample, UnaryOperator<byte[]> again, int oldest) {
    private static final Path SCHEMAS = Path.of("src", "main", "avro");
    private static final Path PINNED = Path.of("src", "test", "resources", "state");

    /// One of which no earlier version is read.
    public PinnedState(String schema, String what, byte[] sample, UnaryOperator<byte[]> again) {
        this(schema, what, sample, again, version(schema));
    }

    /// Checks all that is true of every format.
    public void check() throws IOException {
        isTheSameBytesForEver();
        isAvroBehindTheVersion();
        anUnknownVersionIsRefused();
        bytesThatEndTooEarlyAreRefused();
        bytesThatEndTooLateAreRefused();
    }

    private void isTheSameBytesForEver() throws IOException {
        String hex = HexFormat.of().formatHex(sample);
        assertPinned("hex", hex);
        assertThat(again.apply(sample)).isEqualTo(sample);
    }

    /// Written by hand and read by Avro: no byte is missing and none left over.
    private void isAvroBehindTheVersion() throws IOException {
        Schema avro =
                new Schema.Parser().parse(SCHEMAS.resolve(schema + ".avsc").toFile());
        assertThat(sample[0]).isEqualTo((byte) version());
        BinaryDecoder in = DecoderFactory.get().binaryDecoder(sample, 1, sample.length - 1, null);
        String text = String.valueOf(new GenericDatumReader<Object>(avro).read(null, in));
        assertThat(in.isEnd()).isTrue();
        assertPinned("json", text);
    }

    private void assertPinned(String kind, String text) throws IOException {
        Path file = PINNED.resolve(schema + "." + kind);
        if (Boolean.getBoolean("inkstream.updateGolden") && !Files.exists(file)) {
            Files.writeString(file, text + "\n");
        }
        assertThat(text).as(schema).isEqualTo(Files.readString(file).strip());
    }

    private void anUnknownVersionIsRefused() {
        byte[] later = sample.clone();
        later[0] = 9;
        assertThatExceptionOfType(StateFormatException.class)
                .isThrownBy(() -> again.apply(later))
                .withMessage("the " + what + " has format 9; this build reads "
                        + (oldest == version() ? "" : oldest + " to ") + version()
                        + ". Start the build that wrote it, or a newer one.");
        assertThatExceptionOfType(StateFormatException.class).isThrownBy(() -> again.apply(new byte[0]));
    }

    private void bytesThatEndTooEarlyAreRefused() {
        for (int length = 1; length < sample.length; length++) {
            assertDamaged(Arrays.copyOf(sample, length));
        }
    }

    private void bytesThatEndTooLateAreRefused() {
        assertDamaged(Arrays.copyOf(sample, sample.length + 1));
    }

    /// The number of a kind stands right behind the version.
    public void aKindThatIsNoneIsRefused() {
        for (byte kind : new byte[] {1, 126}) { // -1 and 63
            byte[] other = sample.clone();
            other[1] = kind;
            assertDamaged(other);
        }
    }

    private void assertDamaged(byte[] bytes) {
        assertThatExceptionOfType(StateFormatException.class)
                .isThrownBy(() -> again.apply(bytes))
                .withMessageStartingWith("the " + what + ", format " + version() + ", is damaged");
    }

    /// What was written before there were versions is read.
    ///
    /// @param hex the bytes of that time
    public void assertReads(String hex) {
        assertReads(hex, sample);
    }

    /// @param expected what it is now
    public void assertReads(String hex, byte[] expected) {
        assertThat(again.apply(HexFormat.of().parseHex(hex))).as(schema).isEqualTo(expected);
    }

    /// The bytes of a text, for a hexadecimal number.
    public static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    private int version() {
        return version(schema);
    }

    private static int version(String schema) {
        return Integer.parseInt(schema.substring(schema.indexOf('.') + 1));
    }
}
