package dev.inkstream.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.inkstream.record.LabeledImage;
import dev.inkstream.record.Sha256;
import dev.inkstream.record.StateFormatException;
import dev.inkstream.stream.guard.GuardedOffset;
import dev.inkstream.stream.guard.Presence;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/// The bytes that lie on changelogs and internal topics. The next build must read what this one wrote: to change one of
/// these is to add a version, and to read the version before it.
class StateFormatsTest {
    private static final Path SCHEMAS = Path.of("src", "main", "avro");
    private static final long AT = 1_795_694_400_123L;

    /// Each format with a sample: as it is written, the same by its schema, and as it was before there were versions.
    // Its samples are read only.
    @SuppressWarnings("ImmutableEnumChecker")
    enum Format {
        JOIN_ENTRY(
                "JoinEntry.1",
                "labeler's state held-by-image-id",
                new JoinEntry(JoinEntry.Kind.LABEL, AT, AT + 5, new byte[] {7}).toBytes(),
                bytes -> JoinEntry.fromBytes(bytes).toBytes()),
        ARRIVED_LABEL(
                "ArrivedLabel.1",
                "label in the labeler's state held-by-image-id",
                new ArrivedLabel(
                                3,
                                AT,
                                new ArrivedLabel.Origin("t.labels", 2, 300),
                                new RecordHeaders().add("a", new byte[] {-1}).add("b", null),
                                new byte[] {8, 9})
                        .toBytes(),
                bytes -> ArrivedLabel.fromBytes(bytes, AT).toBytes()),
        JOIN_CLOCK(
                "JoinClock.1",
                "state of the join's clock",
                clock().toBytes(),
                bytes -> JoinClock.fromBytes(bytes).toBytes()),
        LIVE_INPUT(
                "LiveInput.1",
                "input of the live join",
                LiveInput.serde().serializer().serialize("any", new LiveInput.Predicted(3, AT, 70)),
                bytes -> LiveInput.serde()
                        .serializer()
                        .serialize("any", LiveInput.serde().deserializer().deserialize("any", bytes))),
        LIVE_IMAGE(
                "LiveImage.4",
                "evaluator's state live-images",
                new LiveImage(LiveImage.State.CLOSED, AT, 70, 0, 1).toBytes(),
                bytes -> LiveImage.fromBytes(bytes).toBytes()),
        LIVE_COUNTS(
                "LiveCounts.1",
                "evaluator's state live-windows",
                counts().toBytes(),
                bytes -> LiveCounts.fromBytes(bytes, 4).toBytes()),
        LIVE_WINDOW(
                "LiveWindow.1",
                "evaluator's state of the open window",
                new LiveWindows.Progress(AT, AT + 60_000, 4).toBytes(),
                bytes -> LiveWindows.Progress.fromBytes(bytes).toBytes()),
        LIVE_OUTCOME(
                "LiveOutcome.1",
                "evaluator's state live-outcomes",
                new DriftWatch.Waiting(70, true).toBytes(),
                bytes -> DriftWatch.Waiting.fromBytes(bytes).toBytes()),
        WATCHED_TIME(
                "WatchedTime.1",
                "evaluator's state of the time watched for drift",
                DriftWatch.watchedToBytes(AT),
                bytes -> DriftWatch.watchedToBytes(DriftWatch.watchedFromBytes(bytes))),
        ADWIN(
                "Adwin.1",
                "evaluator's state of the drift detector",
                adwin().toBytes(),
                bytes -> Adwin.fromBytes(bytes, 0.002).toBytes()),
        CHECKPOINT(
                "Checkpoint.2",
                "trainer's checkpoint",
                new Checkpoint("a=b", 7, 300, new byte[] {1, 2, 3}).toBytes(),
                bytes -> Checkpoint.fromBytes(bytes).toBytes()),
        GUARDED_OFFSET(
                "GuardedOffset.1",
                "offset record of the guard topic",
                new GuardedOffset(new Uuid(1, 2), 300, "AgAB").toBytes(),
                bytes -> GuardedOffset.fromBytes(bytes).toBytes()),
        PRESENCE(
                "Presence.1",
                "instance record of the guard topic",
                new Presence(new Uuid(1, 2), true).toBytes(),
                bytes -> Presence.fromBytes(bytes).toBytes());

        private final String schema;
        private final String what;
        private final byte[] sample;
        private final Function<byte[], byte[]> again;

        Format(String schema, String what, byte[] sample, Function<byte[], byte[]> again) {
            this.schema = schema;
            this.what = what;
            this.sample = sample;
            this.again = again;
        }

        private int version() {
            return Integer.parseInt(schema.substring(schema.indexOf('.') + 1));
        }
    }

    @ParameterizedTest
    @EnumSource
    void isTheSameBytesForEver(Format format) throws IOException {
        Path file = Path.of("src", "test", "resources", "state", format.schema + ".hex");
        String hex = HexFormat.of().formatHex(format.sample);
        if (Boolean.getBoolean("inkstream.updateGolden") && !Files.exists(file)) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, hex + "\n");
        }
        assertThat(hex).isEqualTo(Files.readString(file).strip());
        assertThat(format.again.apply(format.sample)).isEqualTo(format.sample);
    }

    /// Written by hand and read by Avro: no byte is missing and none left over.
    @ParameterizedTest
    @EnumSource
    void isAvroBehindTheVersion(Format format) throws IOException {
        Schema schema = new Schema.Parser()
                .parse(SCHEMAS.resolve(format.schema + ".avsc").toFile());
        assertThat(format.sample[0]).isEqualTo((byte) format.version());
        BinaryDecoder in = DecoderFactory.get().binaryDecoder(format.sample, 1, format.sample.length - 1, null);
        String text = String.valueOf(new GenericDatumReader<Object>(schema).read(null, in));
        assertThat(in.isEnd()).isTrue();
        Path file = Path.of("src", "test", "resources", "state", format.schema + ".json");
        if (Boolean.getBoolean("inkstream.updateGolden") && !Files.exists(file)) {
            Files.writeString(file, text + "\n");
        }
        assertThat(text).isEqualTo(Files.readString(file).strip());
    }

    @Test
    void everySchemaIsOfAFormat() throws IOException {
        try (Stream<Path> files = Files.list(SCHEMAS)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(Stream.of(Format.values())
                            .map(format -> format.schema + ".avsc")
                            .toList());
        }
    }

    @ParameterizedTest
    @EnumSource
    void anUnknownVersionIsRefused(Format format) {
        byte[] later = format.sample.clone();
        later[0] = 9;
        assertThatExceptionOfType(StateFormatException.class)
                .isThrownBy(() -> format.again.apply(later))
                .withMessage("the " + format.what + " has format 9; this build reads " + format.version()
                        + ". Start the build that wrote it, or a newer one.");
        assertThatExceptionOfType(StateFormatException.class).isThrownBy(() -> format.again.apply(new byte[0]));
    }

    @ParameterizedTest
    @EnumSource
    void bytesThatEndTooEarlyAreRefused(Format format) {
        for (int length = 1; length < format.sample.length; length++) {
            byte[] cut = Arrays.copyOf(format.sample, length);
            assertThatExceptionOfType(StateFormatException.class)
                    .isThrownBy(() -> format.again.apply(cut))
                    .withMessageStartingWith("the " + format.what + ", format " + format.version() + ", is damaged");
        }
    }

    @ParameterizedTest
    @EnumSource
    void bytesThatEndTooLateAreRefused(Format format) {
        byte[] longer = Arrays.copyOf(format.sample, format.sample.length + 1);
        assertThatExceptionOfType(StateFormatException.class)
                .isThrownBy(() -> format.again.apply(longer))
                .withMessageStartingWith("the " + format.what + ", format " + format.version() + ", is damaged");
    }

    /// The number of a kind stands right behind the version.
    @ParameterizedTest
    @EnumSource(names = {"JOIN_ENTRY", "LIVE_IMAGE"})
    void aKindThatIsNoneIsRefused(Format format) {
        for (byte kind : new byte[] {1, 126}) { // -1 and 63
            byte[] other = format.sample.clone();
            other[1] = kind;
            assertThatExceptionOfType(StateFormatException.class)
                    .isThrownBy(() -> format.again.apply(other))
                    .withMessageStartingWith("the " + format.what + ", format " + format.version() + ", is damaged");
        }
    }

    /// As they were written before there were versions.
    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"JOIN_CLOCK", "LIVE_INPUT", "WATCHED_TIME", "GUARDED_OFFSET", "PRESENCE"})
    void whatEarlierBuildsWroteIsRead(Format format) {
        byte[] before = HexFormat.of().parseHex(unversioned(format));
        byte[] expected = format == Format.JOIN_ENTRY
                ? new JoinEntry(JoinEntry.Kind.LABEL, AT, AT, new byte[] {7}).toBytes()
                : format.sample;
        assertThat(format.again.apply(before)).isEqualTo(expected);
    }

    private static String unversioned(Format format) {
        String at = "%016x".formatted(AT);
        return switch (format) {
            case JOIN_ENTRY -> "6c" + at + "07";
            case ARRIVED_LABEL ->
                "00000003" + "00000002" + "%016x".formatted(300) + "00000008" + hex("t.labels") + "00000002"
                        + "00000001" + hex("a") + "00000001ff" + "00000001" + hex("b") + "ffffffff" + "000000020809";
            case LIVE_IMAGE -> "03" + at + "%016x".formatted(70) + "00000000" + "00000001";
            case LIVE_COUNTS ->
                "%016x%016x%016x%016x".formatted(1, 2, 3, 4)
                        + "00000005%016x".formatted(2)
                        + "0000000b%016x".formatted(1);
            case LIVE_WINDOW -> at + "%016x".formatted(AT + 60_000) + "00000004";
            case LIVE_OUTCOME -> "%016x".formatted(70) + "01";
            case ADWIN ->
                "00000001" + "%016x".formatted(7) + "00000002" + "05"
                        + "%016x%016x%016x%016x%016x".formatted(1, 0, 0, 1, 0) + "01" + "%016x".formatted(1);
            case CHECKPOINT -> "00000001" + "0003" + hex("a=b") + "%016x%016x".formatted(7, 300) + "00000003010203";
            case JOIN_CLOCK, LIVE_INPUT, WATCHED_TIME, GUARDED_OFFSET, PRESENCE ->
                throw new IllegalArgumentException("it is new");
        };
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    /// What the network packs itself, and the holdout images, whose format is named by the id of their schema.
    @Test
    void theOthersAreTheSameBytesToo() {
        Training training = Training.start(Samples.TRAINING);
        assertThat(Sha256.of(training.checkpoint().learner()).toString())
                .isEqualTo("890ba58c7262028dc8d39648d2cbd53fad638c4dbe9e21466340eb9ab1fc7906");
        LabeledImage image = Samples.example(1);
        assertThat(HexFormat.of().formatHex(Samples.bytes(image))).isEqualTo("005ffa346d06040c73d51abbd89cd20f02");
    }

    /// A store sorts its keys as bytes: these say in which order.
    @Test
    void keysSortByTimeAndWindow() {
        assertThat(new TreeSet<>(List.of(
                        HexFormat.of().formatHex(LiveWindows.key(1, LiveWindows.NO_VERSION)),
                        HexFormat.of().formatHex(LiveWindows.key(AT, 0)),
                        HexFormat.of().formatHex(LiveWindows.key(AT, 70)))))
                .containsExactly(
                        "00000000000000010000000000000000",
                        "%016x".formatted(AT) + "0000000000000001",
                        "%016x".formatted(AT) + "0000000000000047");
        assertThat(HexFormat.of().formatHex(DriftWatch.key(AT, new byte[] {1, 2})))
                .isEqualTo("%016x".formatted(AT) + "0102");
    }

    private static JoinClock clock() {
        JoinClock clock = new JoinClock();
        clock.advance(JoinClock.IMAGES, AT, AT + 1);
        clock.advance(JoinClock.LABELS, AT - 9, AT + 5_000);
        clock.advance(JoinClock.IMAGES, AT + 30_000, AT + 31_000);
        clock.advance(JoinClock.IMAGES, AT + 60_000, AT + 61_000);
        return clock;
    }

    private static LiveCounts counts() {
        LiveCounts counts = new LiveCounts(4);
        counts.lateLabels = 1;
        counts.duplicateLabels = 2;
        counts.predictionsWithoutLabel = 3;
        counts.labelsWithoutPrediction = 4;
        counts.outcome(1, 1);
        counts.outcome(1, 1);
        counts.outcome(2, 3);
        return counts;
    }

    /// The two oldest of six outcomes are one bucket of two.
    private static Adwin adwin() {
        Adwin adwin = new Adwin(0.002);
        for (boolean error : new boolean[] {true, false, true, false, false, true, false}) {
            var _ = adwin.add(error);
        }
        return adwin;
    }
}
