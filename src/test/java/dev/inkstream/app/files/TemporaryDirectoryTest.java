package dev.inkstream.app.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryDirectoryTest {
    private static final InstantSource NOW = InstantSource.system();
    private static final InstantSource LATER = () -> Instant.now().plusSeconds(61);

    private static final String OWN = TemporaryDirectory.ownFile();
    private static final String OF_A_DEAD_PROCESS = ".inkstream-owner-999999999-0";

    @TempDir
    private Path parent;

    @Test
    void isNewAndOfThisUserAlone() throws IOException {
        try (TemporaryDirectory one = TemporaryDirectory.create(parent, "x-");
                TemporaryDirectory other = TemporaryDirectory.create(parent, "x-")) {
            assertThat(one.path()).isNotEqualTo(other.path());
            assertThat(Files.getPosixFilePermissions(one.path()))
                    .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        }
    }

    /// In containers that share the directory, each can be process 1.
    @Test
    void aProcessOfTheSameIdIsAnotherIfItStartedAtAnotherTime() throws IOException {
        TemporaryDirectory dead = TemporaryDirectory.create(parent, "x-");
        dead.owner().close();
        Files.move(
                dead.path().resolve(OWN),
                dead.path()
                        .resolve(".inkstream-owner-" + ProcessHandle.current().pid() + "-0"));

        removeAbandoned(parent, LATER);

        assertThat(dead.path()).doesNotExist();
    }

    /// The files of a directory of another user could turn into links to those of this user while they are deleted.
    @Test
    void thatOfAnotherUserStays() throws Exception {
        TemporaryDirectory others = TemporaryDirectory.create(parent, "x-");
        others.owner().close();
        Path owner = Files.move(others.path().resolve(OWN), others.path().resolve(OF_A_DEAD_PROCESS));
        try {
            UserPrincipal nobody =
                    FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
            Files.setOwner(owner, nobody);
            Files.setOwner(others.path(), nobody);
        } catch (IOException | UnsupportedOperationException e) {
            Assumptions.abort("only root can give files away: " + e);
        }

        removeAbandoned(parent, LATER);

        assertThat(others.path()).exists();
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
        Files.move(dead.path().resolve(OWN), dead.path().resolve(OF_A_DEAD_PROCESS));

        removeAbandoned(parent, NOW);
        assertThat(dead.path()).as("it may just have been made").exists();

        removeAbandoned(parent, LATER);
        assertThat(dead.path()).doesNotExist();
    }

    @Test
    void thoseInUseAndThoseOfOthersStay() throws IOException {
        Path foreign = Files.createDirectory(parent.resolve("x-foreign"));
        Path outside = Files.createDirectory(parent.resolve("outside"));
        Files.createFile(outside.resolve(OF_A_DEAD_PROCESS));
        Path link = Files.createSymbolicLink(parent.resolve("x-link"), outside);
        Path file = Files.createFile(parent.resolve("x-file"));
        try (TemporaryDirectory used = TemporaryDirectory.create(parent, "x-")) {
            removeAbandoned(parent, LATER);

            assertThat(used.path()).exists();
        }
        assertThat(foreign).exists();
        assertThat(outside).isNotEmptyDirectory();
        assertThat(link).exists();
        assertThat(file).exists();
    }

    private static void removeAbandoned(Path parent, InstantSource clock) throws IOException {
        try (TemporaryDirectory own = TemporaryDirectory.create(parent, "x-")) {
            own.removeAbandoned("x-", clock);
        }
    }
}
