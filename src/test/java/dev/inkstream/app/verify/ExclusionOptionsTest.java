package dev.inkstream.app.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.inkstream.app.console.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ExclusionOptionsTest {
    @TempDir
    private Path directory;

    private static Exclusions read(Path file) {
        ExclusionOptions options = new ExclusionOptions();
        new CommandLine(options).parseArgs("--from-file", file.toString());
        return options.read().orElseThrow();
    }

    /// The ids, which a version that was trained on nothing does not have.
    private static String ids(Exclusions exclusions) {
        return catchThrowable(() -> exclusions.requireAll("v1")).getMessage().replaceFirst(".*images: ", "");
    }

    @Test
    void linesEndInAnyWay() throws IOException {
        Path file = Files.writeString(directory.resolve("ids"), "a\r\nb\t7\n\rc\n\nd");
        assertThat(ids(read(file))).isEqualTo("a, c, d, b");
    }

    @Test
    void theLongestLineIsRead() throws IOException {
        Path file = directory.resolve("ids");
        Files.writeString(file, "x".repeat(4_000) + "\n");
        assertThat(ids(read(file))).isEqualTo("x".repeat(4_000));
        Files.writeString(file, "y\n" + "x".repeat(4_001));
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> read(file))
                .withMessage(file + ", line 2: a file has at most 1000000 lines of at most 4000 characters");
    }

    @Test
    @Timeout(10)
    @EnabledOnOs(OS.LINUX)
    void aLineWithoutAnEndIsRefusedAtOnce() {
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> read(Path.of("/dev/zero")))
                .withMessage("/dev/zero, line 1: a file has at most 1000000 lines of at most 4000 characters");
    }
}
