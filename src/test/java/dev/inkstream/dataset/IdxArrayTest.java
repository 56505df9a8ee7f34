package dev.inkstream.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class IdxArrayTest {
    private static final byte[] SIX = {1, 2, 3, 4, 5, 6};

    @Property(tries = 200)
    void readsWhatWasWritten(@ForAll @Size(min = 1, max = 300) byte[] data, @ForAll boolean zipped) throws IOException {
        byte[] bytes = IdxBytes.of(data, data.length);

        try (TemporaryFile file = TemporaryFile.of(zipped ? IdxBytes.gzip(bytes) : bytes)) {
            IdxArray array = IdxArray.read(file.path(), 1);

            assertThat(array.shape()).containsExactly(data.length);
            assertThat(array.data()).isEqualTo(data);
        }
    }

    @Property(tries = 200)
    void refusesEveryTruncation(@ForAll @IntRange(max = 21) int length, @ForAll boolean zipped) throws IOException {
        byte[] cut = Arrays.copyOf(IdxBytes.of(SIX, 1, 2, 3), length);

        assertRefused(zipped ? IdxBytes.gzip(cut) : cut, " is cut short: replace it with a whole copy.");
    }

    @Property(tries = 100)
    void refusesEveryTruncatedArchive(@ForAll @IntRange(min = 2, max = 30) int length) throws IOException {
        byte[] cut = Arrays.copyOf(IdxBytes.gzip(IdxBytes.of(SIX, 1, 2, 3)), length);

        assertRefused(cut, " is cut short: replace it with a whole copy.");
    }

    @Test
    void refusesWhatFollowsTheData() throws IOException {
        byte[] bytes = IdxBytes.of(SIX, 1, 1, 5);

        assertRefused(bytes, " has more than its 5 bytes of data: replace it with an undamaged copy.");
        assertRefused(IdxBytes.gzip(bytes), " has more than its 5 bytes of data: replace it with an undamaged copy.");
    }

    @Test
    void refusesOtherFiles() throws IOException {
        assertRefused(
                IdxBytes.of(SIX, 6), " starts with 0x00000801, expected 0x00000803: put MNIST's original file there.");
        assertRefused(
                "<!DOCTYPE html><html>".getBytes(StandardCharsets.US_ASCII),
                " starts with 0x3c21444f, expected 0x00000803: put MNIST's original file there.");
    }

    @Test
    void refusesDimensionsOutOfRange() throws IOException {
        String todo = ": put MNIST's original file there.";
        assertRefused(IdxBytes.of(SIX, 0, 2, 3), " gives dimension 0 as 0, expected 1 to 1000000" + todo);
        assertRefused(IdxBytes.of(SIX, -1, 2, 3), " gives dimension 0 as -1, expected 1 to 1000000" + todo);
        assertRefused(IdxBytes.of(SIX, 1, 257, 3), " gives dimension 1 as 257, expected 1 to 256" + todo);
        assertRefused(IdxBytes.of(SIX, 1, 2, 1 << 30), " gives dimension 2 as 1073741824, expected 1 to 256" + todo);
        assertRefused(
                IdxBytes.of(SIX, 1_000_000, 256, 256),
                " claims 65536000000 bytes of data, more than the limit of 1073741824: split it into smaller sets.");
    }

    @Test
    void allocatesNoMoreThanThereIs() throws IOException {
        // A gigabyte is claimed; the tests' heap has no room for it.
        assertRefused(IdxBytes.of(SIX, 16_384, 256, 256), " is cut short: replace it with a whole copy.");
    }

    @Test
    void refusesDamagedArchives() throws IOException {
        byte[] archive = IdxBytes.gzip(IdxBytes.of(SIX, 1, 2, 3));
        archive[archive.length - 8] ^= 1;

        assertRefused(archive, " is damaged (Corrupt GZIP trailer): replace it with an undamaged copy.");
    }

    @Test
    void saysThatAFileCannotBeRead() {
        Path nowhere = Path.of("nowhere");

        assertThatThrownBy(() -> IdxArray.read(nowhere, 1))
                .isInstanceOf(DatasetException.class)
                .hasMessage("cannot read nowhere (java.nio.file.NoSuchFileException: nowhere): "
                        + "make it readable, or name another directory.");
    }

    private static void assertRefused(byte[] bytes, String message) throws IOException {
        try (TemporaryFile file = TemporaryFile.of(bytes)) {
            assertThatThrownBy(() -> IdxArray.read(file.path(), 3))
                    .isInstanceOf(DatasetException.class)
                    .hasMessage(file.path() + message);
        }
    }

    /// A file that lives as long as one try of a property.
    private record TemporaryFile(Path path) implements AutoCloseable {
        static TemporaryFile of(byte[] content) throws IOException {
            return new TemporaryFile(Files.write(Files.createTempFile("idx", ".gz"), content));
        }

        @Override
        public void close() throws IOException {
            Files.delete(path);
        }
    }
}
