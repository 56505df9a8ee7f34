package dev.inkstream.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import jdk.incubator.vector.VectorShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

class KernelChoiceTest {
    /// Says which kernels a run of the tests is for; the build sets it.
    private static final String RUN = "inkstream.test.kernels";

    /// How many floats at a time a run is for; not set where it takes the widest vectors.
    private static final String FLOATS = "inkstream.test.floats";

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

    /// A run for narrow vectors has them, except on a processor whose own are narrower still.
    @Test
    @EnabledIfSystemProperty(named = FLOATS, matches = "\\d+", disabledReason = "this run is for the widest vectors")
    void theTestsThemselvesRunWithVectorsOfTheWidthAskedFor() {
        int asked = Integer.getInteger(FLOATS);
        int widest = VectorShape.S_Max_BIT.vectorBitSize() / Float.SIZE;
        assertThat(VectorKernels.WIDTH).isEqualTo(Math.min(asked, widest));
    }

    @Test
    void scalarKernelsAreChosenWhenAskedFor() {
        Kernels.Choice choice = Kernels.choose("scalar", true);
        assertThat(choice.kernels()).isInstanceOf(ScalarKernels.class);
        assertThat(choice.description())
                .isEqualTo("Scalar kernels, because inkstream.kernels=scalar; unset it to use the vector kernels.");
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
}
