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
    /// More than the heap of the tests holds.
    private static final ReadLimit HUGE = new ReadLimit(1L << 30);

    private static final byte[] SIX = {1, 2, 3, 4, 5, 6};

    @Property(tries = 200)
    void readsWhatWasWritten(@ForAll @Size(min = 1, max = 300) byte[] data, @ForAll boolean zipped) throws IOException {
        byte[] bytes = IdxBytes.of(data, data.length);

        try (TemporaryFile file = TemporaryFile.of(zipped ? IdxBytes.gzip(bytes) : bytes)) {
            IdxArray array = IdxArray.read(file.path(), 1, Readings.LIMIT);

            assertThat(array.shape()).containsExactly(data.length);
            assertThat(array.data()).isEqualTo(data);
        }
    }

    @Property(tries = 200)
    void refusesEveryTruncation(@ForAll @IntRange(max = 21) int length, @ForAll boolean zipped) throws IOException {
        byte[] cut = Arrays.copyOf(IdxBytes.of(SIX, 1, 2, 3), length);

        assertRefused(zipped ? IdxBytes.gzip(cut) : cut, " is cut short. Replace it with a whole copy.");
    }

    @Property(tries = 100)
    void refusesEveryTruncatedArchive(@ForAll @IntRange(min = 2, max = 30) int length) throws IOException {
        byte[] cut = Arrays.copyOf(IdxBytes.gzip(IdxBytes.of(SIX, 1, 2, 3)), length);

        assertRefused(cut, " is cut short. Replace it with a whole copy.");
    }

    @Test
    void refusesWhatFollowsTheData() throws IOException {
        byte[] bytes = IdxBytes.of(SIX, 1, 1, 5);

        assertRefused(bytes, " has more than its 5 bytes of data. Replace it with an undamaged copy.");
        assertRefused(IdxBytes.gzip(bytes), " has more than its 5 bytes of data. Replace it with an undamaged copy.");
    }

    @Test
    void refusesOtherFiles() throws IOException {
        assertRefused(
                IdxBytes.of(SIX, 6),
                " starts with 0x00000801; it must start with 0x00000803. Put an original file there.");
        assertRefused(
                "<!DOCTYPE html><html>".getBytes(StandardCharsets.US_ASCII),
                " starts with 0x3c21444f; it must start with 0x00000803. Put an original file there.");
    }

    @Test
    void refusesDimensionsOutOfRange() throws IOException {
        assertRefused(IdxBytes.of(SIX, 0, 2, 3), " has dimension 0 of 0; it must be 1 to 1000000.");
        assertRefused(IdxBytes.of(SIX, -1, 2, 3), " has dimension 0 of -1; it must be 1 to 1000000.");
        assertRefused(IdxBytes.of(SIX, 1, 4097, 3), " has dimension 1 of 4097; it must be 1 to 4096.");
        assertRefused(IdxBytes.of(SIX, 1, 2, 1 << 30), " has dimension 2 of 1073741824; it must be 1 to 4096.");
        assertRefused(
                IdxBytes.of(SIX, 1_000_000, 256, 256),
                " has 1,000,000 items of 65,536 bytes, which are 65,536,000,000 bytes; it must have at most"
                        + " 1,073,741,824. Split it.");
    }

    @Test
    void saysThatALargerHeapHelps() throws IOException {
        try (TemporaryFile file = TemporaryFile.of(IdxBytes.of(SIX, 1, 2, 3))) {
            assertThatThrownBy(() -> IdxArray.read(file.path(), 3, ReadLimit.ofHeap(15)))
                    .hasMessage(file.path() + " has 1 items of 6 bytes, which are 6 bytes; it must have at most 5."
                            + " Split it, or give Java a heap of more than three times as much, like"
                            + " INKSTREAM_JAVA_OPTS=-Xmx4g.");
        }
    }

    @Test
    void allocatesNoMoreThanThereIs() throws IOException {
        // A gigabyte is claimed; the tests' heap has no room for it.
        assertRefused(IdxBytes.of(SIX, 16_384, 256, 256), " is cut short. Replace it with a whole copy.");
    }

    @Test
    void refusesDamagedArchives() throws IOException {
        byte[] archive = IdxBytes.gzip(IdxBytes.of(SIX, 1, 2, 3));
        archive[archive.length - 8] ^= 1;

        assertRefused(archive, " is damaged (Corrupt GZIP trailer). Replace it with an undamaged copy.");
    }

    @Test
    void saysThatAFileCannotBeRead() {
        Path nowhere = Path.of("nowhere");

        assertThatThrownBy(() -> IdxArray.read(nowhere, 1, Readings.LIMIT))
                .isInstanceOf(DatasetException.class)
                .hasMessage("nowhere cannot be read (it does not exist). Make it readable, or name another directory.");
    }

    private static void assertRefused(byte[] bytes, String message) throws IOException {
        try (TemporaryFile file = TemporaryFile.of(bytes)) {
            assertThatThrownBy(() -> IdxArray.read(file.path(), 3, HUGE))
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
