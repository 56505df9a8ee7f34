package dev.inkstream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.stream.guard.GuardedOffset;
import dev.inkstream.stream.guard.HostProcess;
import dev.inkstream.stream.guard.InstanceRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

/// What every role keeps, byte for byte; each role has a test of its own state.
class StateFormatsTest {
    private static final long AT = 1_795_694_400_123L;

    private static final PinnedState CLOCK = new PinnedState(
            "JoinClock.2",
            "state of the join's clock",
            clock().toBytes(),
            bytes -> JoinClock.fromBytes(bytes).toBytes(),
            1);

    private static final PinnedState OFFSET = new PinnedState(
            "GuardedOffset.1",
            "offset record of the guard topic",
            new GuardedOffset(new Uuid(1, 2), 300, "AgAB").toBytes(),
            bytes -> GuardedOffset.fromBytes(bytes).toBytes());

    private static final PinnedState INSTANCE = new PinnedState(
            "Presence.1",
            "instance record of the guard topic",
            new InstanceRecord(new Uuid(1, 2), true, Optional.empty()).toBytes(),
            bytes -> InstanceRecord.fromBytes(bytes).toBytes());

    private static final PinnedState PROCESS = new PinnedState(
            "HostProcess.1",
            "process of an instance record",
            new HostProcess(
                            "54781115-58d8-4230-aa30-81dda2118aae vm pid:[4026531836] time:[4026531834]",
                            3_758,
                            6_866_163)
                    .toBytes(),
            bytes -> HostProcess.fromBytes(bytes).toBytes());

    @Test
    void isTheSameForEver() throws IOException {
        for (PinnedState state : List.of(CLOCK, OFFSET, INSTANCE, PROCESS)) {
            state.check();
        }
    }

    @Test
    void theClockOfFormat1IsRead() throws IOException {
        CLOCK.assertReads(Files.readString(Path.of("src", "test", "resources", "state", "JoinClock.1.hex"))
                .strip());
    }

    /// A schema without pinned bytes has no test.
    @Test
    void everySchemaIsPinned() throws IOException {
        assertThat(names(Path.of("src", "test", "resources", "state"), ".hex"))
                .containsExactlyInAnyOrderElementsOf(names(Path.of("src", "main", "avro"), ".avsc"));
    }

    private static List<String> names(Path directory, String extension) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(extension))
                    .map(name -> name.substring(0, name.length() - extension.length()))
                    .toList();
        }
    }

    /// The holdout images, whose format is named by the id of their schema.
    @Test
    void theOthersAreTheSameBytesToo() {
        assertThat(HexFormat.of().formatHex(Samples.bytes(Samples.example(1))))
                .isEqualTo("005ffa346d06040c73d51abbd89cd20f02");
    }

    private static JoinClock clock() {
        JoinClock clock = new JoinClock();
        clock.advance(JoinClock.IMAGES, AT, AT + 1);
        clock.advance(JoinClock.LABELS, AT - 9, AT + 5_000);
        clock.advance(JoinClock.IMAGES, AT + 30_000, AT + 31_000);
        clock.advance(JoinClock.IMAGES, AT + 60_000, AT + 61_000);
        return clock;
    }
}
