package dev.inkstream.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LearnerTest {
    private static final NetworkShape SHAPE = NetworkShape.of(40, 12, 5);

    @ParameterizedTest
    @EnumSource
    void testsBeforeItLearns(Preset preset) {
        TrainingConfig config = preset.config(SHAPE);
        Learner learner = Learner.initial(config, 7);
        Network before = new Network(config.architecture(), learner.served());
        Workspace workspace = before.newWorkspace();
        for (Examples.Example example : Examples.of(SHAPE, config.miniBatchSize(), 1)) {
            PrequentialResult outcome = learner.learn(example.pixels(), example.label());
            assertThat(outcome.predicted()).isEqualTo(before.classify(example.pixels(), workspace));
            assertThat(outcome.loss()).isEqualTo(before.loss(workspace, example.label()));
        }
        assertThat(learner.served()).isNotEqualTo(before.parameters());
    }

    @ParameterizedTest
    @EnumSource
    void updatesWhenAMiniBatchIsFull(Preset preset) {
        TrainingConfig config = preset.config(SHAPE);
        Learner learner = Learner.initial(config, 7);
        Parameters initial = learner.served();
        assertThat(learner.betweenMiniBatches()).isTrue();
        Examples.of(SHAPE, config.miniBatchSize() - 1, 1).teach(learner);
        assertThat(learner.betweenMiniBatches()).isFalse();
        assertThat(learner.miniBatches()).isZero();
        assertThat(learner.served()).isEqualTo(initial);
        Examples.of(SHAPE, 1, 2).teach(learner);
        assertThat(learner.betweenMiniBatches()).isTrue();
        assertThat(learner.miniBatches()).isOne();
        assertThat(learner.examples()).isEqualTo(config.miniBatchSize());
        assertThat(learner.served()).isNotEqualTo(initial);
    }

    /// Plain SGD moves the parameters by learning rate times mean gradient, and so shows its norm.
    @Test
    void theGradientNormIsThatOfTheLastUpdate() {
        TrainingConfig config = Preset.CLASSIC.config(SHAPE);
        Learner learner = Learner.initial(config, 7);
        assertThat(learner.gradientNorm()).isZero();
        for (int update = 0; update < 3; update++) {
            ByteBuffer before = floats(learner);
            Examples.of(SHAPE, config.miniBatchSize(), update).teach(learner);
            ByteBuffer after = floats(learner);
            double squares = 0;
            while (before.hasRemaining()) {
                double step = (double) after.getFloat() - before.getFloat();
                squares += step * step;
            }
            double norm = Math.sqrt(squares) / config.optimizer().learningRate();
            assertThat(learner.gradientNorm()).isCloseTo(norm, within(1e-5 * norm));
            assertThat(learner.gradientNorm()).isPositive().isEqualTo(learner.gradientNorm());
        }
        assertThat(Learner.resume(config, learner.state()).gradientNorm()).isZero();
    }

    @Test
    void thereIsNoGradientNormWithinAMiniBatch() {
        Learner learner = Learner.initial(Preset.MODERN.config(SHAPE), 7);
        Examples.of(SHAPE, 1, 1).teach(learner);
        assertThatIllegalStateException()
                .isThrownBy(learner::gradientNorm)
                .withMessage("a mini-batch is under way: its gradient is not complete");
    }

    private static ByteBuffer floats(Learner learner) {
        return ByteBuffer.wrap(learner.served().toBytes()).order(ByteOrder.LITTLE_ENDIAN);
    }

    @ParameterizedTest
    @EnumSource
    void learnsWhatItIsShownOverAndOver(Preset preset) {
        Examples examples = Examples.of(SHAPE, 20, 1);
        Learner learner = Learner.initial(preset.config(SHAPE), 7);
        for (int epoch = 0; epoch < 400; epoch++) {
            examples.teach(learner);
        }
        Network network = new Network(learner.config().architecture(), learner.served());
        Workspace workspace = network.newWorkspace();
        assertThat(examples.list())
                .allMatch(example -> network.classify(example.pixels(), workspace) == example.label());
    }

    @ParameterizedTest
    @EnumSource
    void copiesOfOneExampleAreThatExample(Preset preset) {
        Examples.Example example = Examples.of(SHAPE, 1, 1).first();
        Learner one = Learner.initial(withMiniBatchSize(preset.config(SHAPE), 1), 7);
        Learner four = Learner.initial(withMiniBatchSize(preset.config(SHAPE), 4), 7);
        one.learn(example.pixels(), example.label());
        for (int copy = 0; copy < 4; copy++) {
            four.learn(example.pixels(), example.label());
        }
        Layer[] expected = one.served().layers();
        Layer[] actual = four.served().layers();
        for (int l = 0; l < expected.length; l++) {
            for (int i = 0; i < expected[l].rows().length; i++) {
                assertThat(actual[l].rows()[i]).isEqualTo(expected[l].rows()[i], within(1e-6f));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void dependsOnSeedAndExamplesAndTheirOrder(Preset preset) {
        TrainingConfig config = preset.config(SHAPE);
        Examples examples = Examples.of(SHAPE, 64 * config.miniBatchSize(), 1);
        Examples reversed = new Examples(examples.list().reversed());
        assertThat(Stream.of(learned(config, 7, examples), learned(config, 8, examples), learned(config, 7, reversed)))
                .doesNotHaveDuplicates();
        assertThat(learned(config, 7, examples)).isEqualTo(learned(config, 7, examples));
    }

    @Test
    void servesTheParametersThemselvesWithoutAveraging() {
        TrainingConfig config = Preset.CLASSIC.config(SHAPE);
        Learner learner = Learner.initial(config, 7);
        Examples examples = Examples.of(SHAPE, 10, 1);
        examples.teach(learner);
        Parameters served = learner.served();
        byte[] bytes = served.toBytes();
        examples.teach(learner);
        assertThat(served.toBytes()).as("a frozen copy").isEqualTo(bytes);
    }

    @Test
    void refusesAnExampleThatDoesNotFitAndLearnsNothingFromIt() {
        Learner learner = Learner.initial(Preset.CLASSIC.config(SHAPE), 7);
        Learner other = Learner.initial(Preset.CLASSIC.config(SHAPE), 7);
        Examples examples = Examples.of(SHAPE, 10, 1);
        examples.to(5).teach(learner);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> learner.learn(new byte[39], 0))
                .withMessage("image has 39 pixels; it must have 40");
        for (int label : new int[] {-1, 5}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> learner.learn(new byte[40], label))
                    .withMessage("label is " + label + "; it must be in 0..4");
        }
        examples.from(5).teach(learner);
        examples.teach(other);
        assertThat(learner.state()).isEqualTo(other.state());
    }

    /// Weights of 1e30 are finite, but not what two layers of them make of an example.
    @Test
    void leavesOutAnExampleWhoseLossIsNotFinite() {
        leavesOutAnExampleWhoseLossIsNotFinite(Fixtures.VECTOR);
        leavesOutAnExampleWhoseLossIsNotFinite(Fixtures.SCALAR);
    }

    private static void leavesOutAnExampleWhoseLossIsNotFinite(LayerKernels kernels) {
        Learner learner = Learner.initial(sgd(1e30f), 7, kernels);
        Examples examples = Examples.of(SHAPE, 50, 1);
        examples.to(2).teach(learner);
        byte[] before = learner.state();
        for (Examples.Example example : examples.from(2)) {
            PrequentialResult outcome = learner.learn(example.pixels(), example.label());
            assertThat(outcome.isFinite()).isFalse();
            assertThat(learner.examples()).isEqualTo(2);
        }
        assertThat(learner.state()).isEqualTo(before);
        assertThat(learner.gradientNorm()).isFinite();
        assertThat(learner.served().shape()).isEqualTo(SHAPE);
    }

    @Test
    void saysWhenItHasDiverged() {
        TrainingConfig config = new TrainingConfig(
                new Architecture(NetworkShape.of(40, 5), Activation.RELU, Activation.SOFTMAX),
                Initialization.HE,
                new Optimizer.Adam(3e38f, 0.9f, 0.99f, 1e-8f),
                1,
                0);
        Learner learner = Learner.initial(config, 7);
        assertThatExceptionOfType(DivergedException.class)
                .isThrownBy(() -> {
                    for (int i = 0; i < 10; i++) {
                        learner.learn(new byte[40], 0);
                    }
                })
                .withMessage("a parameter is no longer finite, and no later example can repair it");
        assertThatExceptionOfType(DivergedException.class).isThrownBy(learner::served);
    }

    private static TrainingConfig sgd(float learningRate) {
        return new TrainingConfig(
                new Architecture(SHAPE, Activation.RELU, Activation.SOFTMAX),
                Initialization.HE,
                new Optimizer.Sgd(learningRate),
                2,
                0);
    }

    private static Parameters learned(TrainingConfig config, long seed, Examples examples) {
        Learner learner = Learner.initial(config, seed);
        examples.teach(learner);
        return learner.served();
    }

    private static TrainingConfig withMiniBatchSize(TrainingConfig config, int size) {
        return new TrainingConfig(
                config.architecture(), config.initialization(), config.optimizer(), size, config.averagingDecay());
    }
}
