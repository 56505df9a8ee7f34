package dev.inkstream.app.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryDirectoryTest {
    private static final InstantSource NOW = InstantSource.system();
    private static final InstantSource LATER = () -> Instant.now().plusSeconds(61);

    private static final String OWN =
            ".inkstream-owner-" + ProcessHandle.current().pid();

    @TempDir
    private Path parent;

    /// Removes what is abandoned, as another process.
    static final class OtherProcess {
        private OtherProcess() {}

        public static void main(String[] args) throws IOException {
            TemporaryDirectory.removeAbandoned(Path.of(args[0]), "x-", LATER);
        }
    }

    @Test
    void goesWhenItIsClosed() throws IOException {
        TemporaryDirectory directory = TemporaryDirectory.create(parent, "x-");
        Files.createDirectories(directory.path().resolve("a/b"));

        directory.close();
        directory.close();

        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void thatOfADeadProcessIsRemoved() throws IOException {
        TemporaryDirectory dead = TemporaryDirectory.create(parent, "x-");
        Files.createFile(dead.path().resolve("data"));
        dead.owner().close(); // as its end does
        Files.move(dead.path().resolve(OWN), dead.path().resolve(".inkstream-owner-999999999"));

        TemporaryDirectory.removeAbandoned(parent, "x-", NOW);
        assertThat(dead.path()).as("it may just have been made").exists();

        TemporaryDirectory.removeAbandoned(parent, "x-", LATER);
        assertThat(dead.path()).doesNotExist();
    }

    @Test
    void thoseInUseAndThoseOfOthersStay() throws IOException {
        Path foreign = Files.createDirectory(parent.resolve("x-foreign"));
        Path outside = Files.createDirectory(parent.resolve("outside"));
        Files.createFile(outside.resolve(".inkstream-owner-999999999"));
        Path link = Files.createSymbolicLink(parent.resolve("x-link"), outside);
        Path file = Files.createFile(parent.resolve("x-file"));
        try (TemporaryDirectory used = TemporaryDirectory.create(parent, "x-")) {
            TemporaryDirectory.removeAbandoned(parent, "x-", LATER);

            assertThat(used.path()).exists();
        }
        assertThat(foreign).exists();
        assertThat(outside).isNotEmptyDirectory();
        assertThat(link).exists();
        assertThat(file).exists();
    }

    /// On POSIX a process loses its lock of a file when it closes any channel of it.
    @Test
    void aLookOfTheOwnProcessDoesNotGiveItToAnother() throws Exception {
        try (TemporaryDirectory used = TemporaryDirectory.create(parent, "x-")) {
            TemporaryDirectory.removeAbandoned(parent, "x-", LATER);

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
            assertThat(used.path().resolve(OWN)).exists();
        }
    }
}
