package dev.inkstream.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.inkstream.record.Sha256;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.record.Weights;
import dev.inkstream.stream.ModelMismatchException;
import dev.inkstream.stream.Samples;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class InitialWeightsTest {
    private static final Weights WEIGHTS = new Weights(Samples.snapshot(5).parameters());
    private static final Training.Settings SETTINGS = Samples.TRAINING.with(Beginning.from(WEIGHTS));

    @Test
    void versionZeroHasTheGivenWeightsAndSaysSo() {
        WeightSnapshot first = Training.start(SETTINGS).snapshot();

        assertThat(first.parameters()).isEqualTo(WEIGHTS.bytes());
        assertThat(first.training()).isEqualTo("seed=1 initial=" + WEIGHTS.sha256() + " " + Samples.CONFIG.describe());
    }

    /// A trainer that is killed before its first checkpoint starts with the same command.
    @Test
    void theSameFileGivesTheSameVersionsWithAndWithoutACheckpoint() {
        Training whole = Training.start(SETTINGS);
        Training again = Training.start(SETTINGS);
        assertThat(again.snapshot()).isEqualTo(whole.snapshot());
        Training resumed = Training.resume(SETTINGS, again.checkpoint());
        for (int i = 0; i < 40; i++) {
            boolean due = whole.train(i, Samples.example(i));
            assertThat(resumed.train(i, Samples.example(i))).isEqualTo(due);
            if (due) {
                assertThat(resumed.snapshot()).isEqualTo(whole.snapshot());
            }
        }
        assertThat(whole.snapshot().parameters()).isNotEqualTo(WEIGHTS.bytes());
    }

    @Test
    void anotherFileOrNoneIsRefusedOnceThereIsACheckpoint() {
        Checkpoint checkpoint = Training.start(SETTINGS).checkpoint();
        assertThatExceptionOfType(ModelMismatchException.class)
                .isThrownBy(() -> Training.resume(Samples.TRAINING, checkpoint))
                .withMessageContaining("--initial-weights is none; model digits has " + WEIGHTS.sha256() + ".");
    }

    @Test
    void whatItStartsFromIsReadBack() {
        Beginning.Exclusion without = new Beginning.Exclusion(3, Sha256.of(new byte[] {3}));
        Training.Settings settings = SETTINGS.with(
                SETTINGS.beginning().from(OptionalLong.of(7)).trainedBy("other").without(without));
        assertThat(settings.describe())
                .startsWith("seed=1 from=7 initial=" + WEIGHTS.sha256() + " trainer=other without=3:");
        assertThat(settings.trainer()).isEqualTo("other");
        assertThat(settings.with(settings.beginning().trainedBy("copy")).trainer())
                .isEqualTo("other");
        assertThat(SETTINGS.trainer()).isEqualTo("digits");

        Beginning read = Training.Settings.parse("digits", settings.describe()).beginning();

        assertThat(read)
                .isEqualTo(new Beginning(
                        OptionalLong.of(7),
                        Optional.of(WEIGHTS.sha256()),
                        Optional.empty(),
                        Optional.of("other"),
                        Optional.of(without)));
        assertThat(read.with(WEIGHTS)).isEqualTo(settings.beginning());
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> read.with(new Weights(new byte[] {1})))
                .withMessage("initial weights have SHA-256 " + Sha256.of(new byte[] {1}) + "; it must be "
                        + WEIGHTS.sha256());
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Training.start(Samples.TRAINING.with(read)))
                .withMessage("initial weights " + WEIGHTS.sha256() + " are missing");
    }
}
