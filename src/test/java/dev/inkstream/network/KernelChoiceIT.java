package dev.inkstream.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Processes with other options than the tests' own train to the same bits.
class KernelChoiceIT {
    private static final String ADD_MODULE = "--add-modules=jdk.incubator.vector";

    @Test
    void runsWithoutTheModule() throws Exception {
        requireSameHashes(run(List.of()), "Scalar kernels: start java with ");
    }

    @Test
    void runsScalarWhenAsked() throws Exception {
        requireSameHashes(run(List.of(ADD_MODULE, "-Dinkstream.kernels=scalar")), "Scalar kernels, because ");
    }

    /// Narrower vectors than this processor's give the same bits as well; what it does not have, it ignores.
    @ParameterizedTest
    @ValueSource(ints = {16, 32})
    void runsWithVectorsOfAnyWidth(int bytes) throws Exception {
        List<String> lines = run(List.of(ADD_MODULE, "-XX:MaxVectorSize=" + bytes));
        int floats = Math.min(VectorKernels.WIDTH, bytes / Float.BYTES);
        requireSameHashes(lines, "Vector kernels, " + floats + " floats at a time.");
    }

    private static void requireSameHashes(List<String> lines, String description) {
        assertThat(lines.getFirst()).startsWith(description);
        assertThat(lines.subList(1, lines.size())).isEqualTo(TrainingRunTest.PINNED);
    }

    /// Runs [TrainingRun#main] in a process of its own.
    private static List<String> run(List<String> options) throws IOException, InterruptedException, URISyntaxException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(
                List.of("-Xmx128m", "-cp", place(Kernels.class) + File.pathSeparator + place(TrainingRun.class)));
        command.add(TrainingRun.class.getName());
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.lines().toList();
    }

    private static Path place(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
