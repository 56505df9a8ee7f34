package dev.inkstream.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LearnerStateTest {
    private static final NetworkShape SHAPE = NetworkShape.of(20, 7, 3);
    private static final int MINI_BATCHES = 12;

    @ParameterizedTest
    @EnumSource
    void resumesToTheSameBitsAfterAnyMiniBatch(Preset preset) {
        TrainingConfig config = preset.config(SHAPE);
        Examples examples = Examples.of(SHAPE, MINI_BATCHES * config.miniBatchSize(), 1);
        Learner unbroken = Learner.initial(config, 7);
        examples.teach(unbroken);
        for (int miniBatch = 0; miniBatch <= MINI_BATCHES; miniBatch++) {
            int killedAt = miniBatch * config.miniBatchSize();
            Learner first = Learner.initial(config, 7);
            examples.to(killedAt).teach(first);
            Learner second = Learner.resume(config, first.state());
            assertThat(second.examples()).isEqualTo(killedAt);
            assertThat(second.miniBatches()).isEqualTo(miniBatch);
            assertThat(second.served()).isEqualTo(first.served());
            examples.from(killedAt).teach(second);
            assertThat(second.state()).isEqualTo(unbroken.state());
            assertThat(second.served()).isEqualTo(unbroken.served());
        }
    }

    @Test
    void isOnlyTakenBetweenMiniBatches() {
        Learner learner = Learner.initial(Preset.CLASSIC.config(SHAPE), 7);
        Examples.of(SHAPE, 13, 1).teach(learner);
        assertThatIllegalStateException()
                .isThrownBy(learner::state)
                .withMessage("a mini-batch is under way: 3 of 10 examples; the state can only be taken between"
                        + " mini-batches");
    }

    @ParameterizedTest
    @EnumSource
    void refusesAnyByteChanged(Preset preset) {
        TrainingConfig config = preset.config(SHAPE);
        byte[] state = Learner.initial(config, 7).state();
        for (int i = 0; i < state.length; i++) {
            byte[] corrupt = state.clone();
            corrupt[i] = (byte) (corrupt[i] ^ 1 << (i % 8));
            refused(config, corrupt);
        }
    }

    @Test
    void refusesAnyOtherLength() {
        TrainingConfig config = Preset.CLASSIC.config(SHAPE);
        byte[] state = Learner.initial(config, 7).state();
        for (int length = 0; length < state.length; length++) {
            refused(config, Arrays.copyOf(state, length));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Learner.resume(config, Arrays.copyOf(state, state.length + 1)))
                .withMessage("learner state has " + (state.length + 1) + " bytes; it must have " + state.length);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Learner.resume(config, new byte[3]))
                .withMessage("learner state has only 3 bytes");
    }

    @Test
    void saysWhatIsWrong() {
        TrainingConfig config = Preset.CLASSIC.config(SHAPE);
        byte[] state = Learner.initial(config, 7).state();
        byte[] format = state.clone();
        format[0] = 9;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Learner.resume(config, format))
                .withMessage("learner state has the format 9; it must have 1");
        byte[] flipped = state.clone();
        flipped[state.length - 5] = (byte) (flipped[state.length - 5] ^ 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Learner.resume(config, flipped))
                .withMessage("learner state is corrupt: its checksum does not match");
    }

    @Test
    void refusesAnotherConfiguration() {
        TrainingConfig classic = Preset.CLASSIC.config(SHAPE);
        TrainingConfig modern = Preset.MODERN.config(SHAPE);
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Learner.resume(modern, Learner.initial(classic, 7).state()))
                .withMessage("learner state is of the configuration '" + classic.describe() + "'; it must be of '"
                        + modern.describe() + "'");
    }

    private static void refused(TrainingConfig config, byte[] state) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Learner.resume(config, state))
                .withMessageStartingWith("learner state ");
    }
}
