package dev.inkstream.network;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/// Classifying allocates nothing; learning no more than its outcome and one small record a layer and mini-batch.
/// Measured with the scalar kernels: vectors are objects until the compiler has seen the loop often enough.
class AllocationTest {
    private static final NetworkShape SHAPE = NetworkShape.of(784, 30, 10);
    private static final int COUNT = 2_000;

    @Test
    void classifyingAllocatesNothing() {
        Architecture architecture = Preset.MODERN.config(SHAPE).architecture();
        Network network = new Network(architecture, Fixtures.parameters(SHAPE, 1));
        Workspace workspace = network.newWorkspace(Fixtures.SCALAR);
        byte[] pixels = Examples.of(SHAPE, 1, 1).first().pixels();
        network.classify(pixels, workspace);
        assertThat(bytesPerCall(() -> network.classify(pixels, workspace))).isLessThan(1);
    }

    @Test
    void learningAllocatesItsOutcomeAndLittleElse() {
        for (Preset preset : Preset.values()) {
            Learner learner = Learner.initial(preset.config(SHAPE), 1, Fixtures.SCALAR);
            Examples.Example example = Examples.of(SHAPE, 1, 1).first();
            assertThat(bytesPerCall(() -> learner.learn(example.pixels(), example.label())))
                    .isLessThan(48);
        }
    }

    private static double bytesPerCall(Runnable call) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        call.run();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < COUNT; i++) {
            call.run();
        }
        return (threads.getCurrentThreadAllocatedBytes() - before) / (double) COUNT;
    }
}
