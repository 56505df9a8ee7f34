package dev.inkstream.app.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two processes look for abandoned directories.
class TemporaryDirectoryIT {
    private static final InstantSource LATER = () -> Instant.now().plusSeconds(61);

    @TempDir
    private Path parent;

    /// Removes what is abandoned, as another process.
    static final class OtherProcess {
        private OtherProcess() {}

        public static void main(String[] args) throws IOException {
            removeAbandoned(Path.of(args[0]), LATER);
        }
    }

    /// On POSIX a process loses its lock of a file when it closes any channel of it.
    @Test
    void aLookOfTheOwnProcessDoesNotGiveItToAnother() throws Exception {
        try (TemporaryDirectory used = TemporaryDirectory.create(parent, "x-")) {
            removeAbandoned(parent, LATER);

            Process other = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            OtherProcess.class.getName(),
                            parent.toString())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(other.waitFor()).as(said).isZero();
            assertThat(used.path().resolve(TemporaryDirectory.ownFile())).exists();
        }
    }

    private static void removeAbandoned(Path parent, InstantSource clock) throws IOException {
        try (TemporaryDirectory own = TemporaryDirectory.create(parent, "x-")) {
            own.removeAbandoned("x-", clock);
        }
    }
}
