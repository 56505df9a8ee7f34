package dev.inkstream.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// In a process of its own, without the vector module: vectors are objects until the compiler has seen their loops
/// often enough, which is no property of the classifier.
class ClassifierAllocationIT {
    /// The prediction's bytes are 136 of them, and two records of Kafka Streams some 130.
    private static final int MAX_BYTES = 400;

    @Test
    void anImageCostsLittleMoreThanItsPrediction() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ClassifierAllocation.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(Integer.parseInt(output.lines().toList().getLast())).isBetween(1, MAX_BYTES);
    }
}
