package dev.inkstream.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingConfigTest {
    private static final NetworkShape SHAPE = NetworkShape.of(784, 30, 10);
    private static final Architecture ARCHITECTURE = new Architecture(SHAPE, Activation.RELU, Activation.SOFTMAX);

    @Test
    void describesItselfInOneLine() {
        assertThat(Preset.CLASSIC.config(SHAPE).describe())
                .isEqualTo("shape=784,30,10 hidden=sigmoid output=sigmoid loss=quadratic summation=interleaved"
                        + " initialization=standard-normal"
                        + " optimizer=sgd learningRate=3.0 miniBatchSize=10 averagingDecay=0.0");
        assertThat(new TrainingConfig(
                                ARCHITECTURE, Initialization.HE, new Optimizer.Adam(0.01f, 0.9f, 0.99f, 1e-8f), 8, 0.5f)
                        .describe())
                .isEqualTo("shape=784,30,10 hidden=relu output=softmax loss=cross-entropy summation=interleaved"
                        + " initialization=he"
                        + " optimizer=adam learningRate=0.01 beta1=0.9 beta2=0.99 epsilon=1.0E-8"
                        + " miniBatchSize=8 averagingDecay=0.5");
    }

    @Test
    void readsWhatItDescribes() {
        for (Preset preset : Preset.values()) {
            TrainingConfig config = preset.config(SHAPE);
            assertThat(TrainingConfig.parse(config.describe())).isEqualTo(config);
            TrainingConfig before = config.with(Summation.SEQUENTIAL);
            assertThat(before.describe()).isEqualTo(config.describe().replace(" summation=interleaved", ""));
            assertThat(TrainingConfig.parse(before.describe())).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        loss=quadratic      | loss=cross-entropy  | training is '*'; it must be '*', or other values of these settings
        averagingDecay=0.0  | averagingDecay=0    | training is '*'; it must be '*', or other values of these settings
        learningRate=3.0    | learningRate=x      | training setting learningRate is 'x'; it must be a number
        summation=interleaved | summation=pairwise | training setting summation is 'pairwise'; it must be one of *
        hidden=sigmoid      | hidden=gelu         | training setting hidden is 'gelu'; it must be one of sigmoid, relu, *
        optimizer=sgd       | optimizer=lion      | training setting optimizer is 'lion'; it must be sgd or adam
        miniBatchSize=10    | dropout=0.5         | training has no setting miniBatchSize; it must have one
        miniBatchSize=10    | miniBatchSize=10 dropout=0.5 | training is '*'; it must be '*', or other values of *
        shape=784,30,10     | shape=784           | sizes has 1 layers; it must have 2 to 100
        """)
    void refusesWhatItDoesNotDescribe(String setting, String other, String sentence) {
        String text = Preset.CLASSIC.config(SHAPE).describe().replace(setting, other);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrainingConfig.parse(text))
                .withMessageMatching(Pattern.quote(sentence).replace("*", "\\E.*\\Q"));
    }

    @Test
    void lossFollowsFromTheOutputs() {
        assertThat(ARCHITECTURE.loss()).isEqualTo(Loss.CROSS_ENTROPY);
        assertThat(new Architecture(SHAPE, Activation.RELU, Activation.SIGMOID).loss())
                .isEqualTo(Loss.QUADRATIC);
    }

    @Test
    void refusesActivationsInTheWrongPlace() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Architecture(SHAPE, Activation.SOFTMAX, Activation.SOFTMAX))
                .withMessage("hidden activation is SOFTMAX; it must be SIGMOID, RELU or LEAKY_RELU");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Architecture(SHAPE, Activation.RELU, Activation.RELU))
                .withMessage("output activation is RELU; it must be SIGMOID or SOFTMAX");
    }

    @Test
    void refusesMiniBatchSizesOutOfRange() {
        for (int size : new int[] {0, 65_537}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> config(size, 0))
                    .withMessage("miniBatchSize is " + size + "; it must be in 1..65536");
        }
    }

    @Test
    void refusesDecaysOutOfRange() {
        for (float decay : new float[] {-0.1f, 1f, Float.NaN}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> config(1, decay))
                    .withMessage("averagingDecay is " + decay + "; it must be in [0, 1)");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Optimizer.Adam(1, decay, 0, 1))
                    .withMessage("beta1 is " + decay + "; it must be in [0, 1)");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Optimizer.Adam(1, 0, decay, 1))
                    .withMessage("beta2 is " + decay + "; it must be in [0, 1)");
        }
    }

    @Test
    void refusesStepsThatAreNotPositive() {
        for (float rate : new float[] {0f, -1f, Float.NaN, Float.POSITIVE_INFINITY}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Optimizer.Sgd(rate))
                    .withMessage("learningRate is " + rate + "; it must be finite and greater than 0");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Optimizer.Adam(1, 0, 0, rate))
                    .withMessage("epsilon is " + rate + "; it must be finite and greater than 0");
        }
    }

    private static TrainingConfig config(int miniBatchSize, float averagingDecay) {
        return new TrainingConfig(ARCHITECTURE, Initialization.HE, new Optimizer.Sgd(1), miniBatchSize, averagingDecay);
    }
}
