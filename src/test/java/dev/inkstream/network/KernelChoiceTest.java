package dev.inkstream.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelChoiceTest {
    /// Says which kernels a run of the tests is for; the build sets it.
    private static final String RUN = "inkstream.test.kernels";

    private static final String ADD_MODULE = "--add-modules=jdk.incubator.vector";

    @Test
    @EnabledIfSystemProperty(named = RUN, matches = "scalar", disabledReason = "this run is for the vector kernels")
    void theTestsThemselvesRunWithoutVectors() {
        assertThat(Kernels.chosen()).isInstanceOf(ScalarKernels.class);
    }

    @Test
    @DisabledIfSystemProperty(named = RUN, matches = "scalar", disabledReason = "this run is for the scalar kernels")
    void theTestsThemselvesRunWithVectors() {
        assertThat(Kernels.chosen()).isInstanceOf(VectorKernels.class);
        assertThat(Kernels.description()).isEqualTo("Vector kernels, " + VectorKernels.WIDTH + " floats at a time.");
        assertThat(VectorKernels.WIDTH).isGreaterThan(1);
        assertThat(Layer.LANES % VectorKernels.WIDTH).isZero();
    }

    @Test
    void scalarKernelsAreChosenWhenAskedFor() {
        Kernels.Choice choice = Kernels.choose("scalar", true);
        assertThat(choice.kernels()).isInstanceOf(ScalarKernels.class);
        assertThat(choice.description())
                .isEqualTo("Scalar kernels, as inkstream.kernels=scalar asks; unset it to compute with vectors.");
    }

    @Test
    void scalarKernelsAreChosenWithoutTheModule() {
        Kernels.Choice choice = Kernels.choose("vector", false);
        assertThat(choice.kernels()).isInstanceOf(ScalarKernels.class);
        assertThat(choice.description())
                .isEqualTo("Scalar kernels: start java with --add-modules jdk.incubator.vector for faster ones.");
    }

    @Test
    void refusesAnyOtherWish() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Kernels.choose("fast", true))
                .withMessage("inkstream.kernels is 'fast'; it must be scalar or vector");
    }

    @Test
    void runsWithoutTheModule() throws Exception {
        requireSameHashes(run(List.of()), "Scalar kernels: start java with ");
    }

    @Test
    void runsScalarWhenAsked() throws Exception {
        requireSameHashes(run(List.of(ADD_MODULE, "-Dinkstream.kernels=scalar")), "Scalar kernels, as ");
    }

    /// Narrower vectors than this processor's give the same bits as well; what it does not have, it ignores.
    @ParameterizedTest
    @ValueSource(ints = {16, 32})
    @DisabledIfSystemProperty(named = RUN, matches = "scalar", disabledReason = "this run is for the scalar kernels")
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
