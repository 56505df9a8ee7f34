package dev.inkstream.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.inkstream.stream.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingSettingsTest {
    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 999_999_999_999_999_999L, Long.MAX_VALUE, Long.MIN_VALUE})
    void readsWhatItDescribes(long seed) {
        Training.Settings settings = new Training.Settings("digits", Samples.CONFIG, seed, 3);

        Training.Settings parsed = Training.Settings.parse("digits", settings.describe());

        assertThat(parsed.describe()).isEqualTo(settings.describe());
        assertThat(parsed.config()).isEqualTo(settings.config());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "preset=modern seed=1", "seed=", "seed=01 shape=1", "seed=9223372036854775808 shape=1,1"})
    void refusesWhatItDoesNot(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Training.Settings.parse("digits", text))
                .withMessage("training is '" + text + "'; it must begin with seed=, a whole number and a blank");
    }

    @Test
    void aReplayPublishesWhereTheLogHasAVersion() {
        Training trained = Training.start(Samples.TRAINING);
        Training replayed = Training.start(Training.Settings.parse("digits", Samples.TRAINING.describe()));
        for (int i = 0; i < 24; i++) {
            boolean due = trained.train(i, Samples.example(i));
            assertThat(replayed.train(i, Samples.example(i))).isFalse();
            if (due) {
                assertThat(replayed.snapshotAs((i + 1) / 12)).isEqualTo(trained.snapshot());
            }
        }
    }
}
