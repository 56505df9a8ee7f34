package dev.inkstream.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class NetworkTest {
    private static final NetworkShape SHAPE = NetworkShape.of(3, 4);
    private static final Architecture SOFTMAX = new Architecture(SHAPE, Activation.RELU, Activation.SOFTMAX);

    @Test
    void scoresAreProbabilitiesWithSoftmax() {
        Network network = network(SOFTMAX, 1);
        Workspace workspace = network.newWorkspace();
        int label = network.classify(new byte[] {0, (byte) 200, 17}, workspace);
        float sum = 0;
        for (float score : workspace.outputs()) {
            assertThat(score).isBetween(0f, workspace.outputs()[label]);
            sum += score;
        }
        assertThat(sum).isEqualTo(1f, within(1e-6f));
        assertThat(network.loss(workspace, label))
                .isEqualTo((float) -Math.log(workspace.outputs()[label]), within(1e-6f));
    }

    @Test
    void pixelsAreUnsigned() {
        Layer[] layers = Layer.zeros(NetworkShape.of(1, 1));
        layers[0].set(0, 0, 1f);
        Architecture architecture = new Architecture(NetworkShape.of(1, 1), Activation.SIGMOID, Activation.SIGMOID);
        Network network = new Network(architecture, Parameters.copyOf(architecture.shape(), layers));
        Workspace workspace = network.newWorkspace();
        network.classify(new byte[] {(byte) 255}, workspace);
        assertThat(workspace.outputs()[0]).isEqualTo((float) (1 / (1 + Math.exp(-1))), within(1e-7f));
    }

    @Test
    void aTieGoesToTheLowestLabel() {
        Layer[] layers = Layer.zeros(SHAPE);
        layers[0].set(3, 0, -1f);
        Network network = new Network(SOFTMAX, Parameters.copyOf(SHAPE, layers));
        assertThat(network.classify(new byte[3], network.newWorkspace())).isEqualTo(1);
    }

    @Test
    void aWorkspaceLeavesNoTraceOfTheImageBefore() {
        Network network = network(new Architecture(SHAPE, Activation.SIGMOID, Activation.SIGMOID), 1);
        Workspace used = network.newWorkspace();
        Workspace fresh = network.newWorkspace();
        network.classify(new byte[] {9, 8, 7}, used);
        network.classify(new byte[] {0, 0, 1}, used);
        network.classify(new byte[] {0, 0, 1}, fresh);
        assertThat(used.outputs()).isEqualTo(fresh.outputs());
    }

    @Test
    void anotherNetworkClassifiesTheSameImageAgain() {
        byte[] image = {9, 0, (byte) 200};
        Network first = network(SOFTMAX, 1);
        Network second = network(SOFTMAX, 2);
        Workspace seen = first.newWorkspace();
        Workspace again = second.newWorkspace();
        Workspace own = second.newWorkspace();
        int label = second.classify(image, own);
        first.classify(image, seen);
        float[] scores = seen.outputs().clone();
        assertThat(second.classifyAgain(seen, again)).isEqualTo(label);
        assertThat(again.outputs()).isEqualTo(own.outputs());
        assertThat(seen.outputs()).isEqualTo(scores);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> network(new Architecture(SHAPE, Activation.SIGMOID, Activation.SIGMOID), 1)
                        .classifyAgain(seen, again));
    }

    @Test
    void classifiesPixelsWithinAnArray() {
        Network network = network(SOFTMAX, 1);
        Workspace workspace = network.newWorkspace();
        int label = network.classify(new byte[] {9, 0, 7}, network.newWorkspace());
        assertThat(network.classify(new byte[] {1, 9, 0, 7, 1}, 1, 3, workspace))
                .isEqualTo(label);
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> network.classify(new byte[4], 2, 3, workspace));
    }

    @Test
    void aWorkspaceServesNewWeightsOfTheSameArchitecture() {
        Workspace workspace = network(SOFTMAX, 1).newWorkspace();
        Network next = network(new Architecture(NetworkShape.parse("3,4"), Activation.RELU, Activation.SOFTMAX), 2);
        Workspace own = next.newWorkspace();
        assertThat(next.classify(new byte[] {1, 2, 3}, workspace)).isEqualTo(next.classify(new byte[] {1, 2, 3}, own));
        assertThat(workspace.outputs()).isEqualTo(own.outputs());
    }

    @Test
    void refusesWhatDoesNotFit() {
        Network network = network(SOFTMAX, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> network.classify(new byte[2], network.newWorkspace()))
                .withMessage("image has 2 pixels; it must have 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> network.loss(network.newWorkspace(), 4))
                .withMessage("label is 4; it must be in 0..3");
        Architecture other = new Architecture(SHAPE, Activation.SIGMOID, Activation.SOFTMAX);
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> network.classify(new byte[3], network(other, 1).newWorkspace()))
                .withMessage("workspace is for " + other + "; it must be for " + SOFTMAX);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Network(SOFTMAX, Fixtures.parameters(NetworkShape.of(3, 5), 1)))
                .withMessage("parameters have the shape 3,5; it must have 3,4");
    }

    @Test
    void hugeScoresStayFinite() {
        Layer[] layers = Layer.zeros(SHAPE);
        layers[0].set(3, 2, 1e30f);
        layers[0].set(3, 1, -1e30f);
        Network network = new Network(SOFTMAX, Parameters.copyOf(SHAPE, layers));
        Workspace workspace = network.newWorkspace();
        assertThat(network.classify(new byte[3], workspace)).isEqualTo(2);
        assertThat(workspace.outputs()[2]).isEqualTo(1f);
        assertThat(network.loss(workspace, 1)).isBetween(80f, 90f);
    }

    private static Network network(Architecture architecture, long seed) {
        return new Network(architecture, Fixtures.parameters(architecture.shape(), seed));
    }
}
