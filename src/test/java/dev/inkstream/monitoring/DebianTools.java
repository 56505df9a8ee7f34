package dev.inkstream.monitoring;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/// Programs that a test needs and a developer's machine may not have.
public final class DebianTools {
    private DebianTools() {}

    /// The program; where it is missing, the test fails if this is a build of record (`CI` is set), and says that it
    /// did not run if not.
    public static Path need(String program) {
        Optional<Path> found = find(program);
        if (found.isEmpty()) {
            String sentence = program + " is not on PATH (Debian: apt install prometheus)";
            if (System.getenv("CI") != null && !System.getenv("CI").isBlank()) {
                Assertions.fail(sentence);
            }
            System.out.println("NOT RUN: " + sentence);
            Assumptions.abort(sentence);
        }
        return found.orElseThrow();
    }

    private static Optional<Path> find(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
