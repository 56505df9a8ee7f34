package dev.inkstream.app.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.inkstream.app.console.UsageException;
import dev.inkstream.app.console.UserException;
import dev.inkstream.app.role.TrainingStart.Log;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TrainingStartTest {
    private static final Log LOG = new Log("labeled-images", 5, 80);

    @Test
    void aNewModelBeginsWhereItIsAskedTo() throws InterruptedException {
        assertThat(TrainingStart.USUAL.ofNew(() -> LOG)).isEmpty();
        assertThat(TrainingStart.of("60").ofNew(() -> LOG)).hasValue(60);
        assertThat(TrainingStart.of("latest").ofNew(() -> LOG)).hasValue(80);
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> TrainingStart.of("4").ofNew(() -> LOG))
                .withMessage("--from is 4; it must be from 5 to 80, as the offsets of labeled-images");
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> TrainingStart.of("-1"))
                .withMessage("--from is '-1'; it must be an offset, or latest");
    }

    @Test
    void aModelThatHasBegunKeepsItsBeginning() {
        OptionalLong begun = OptionalLong.of(60);
        for (String same : new String[] {null, "60", "latest"}) {
            assertThat(TrainingStart.of(same).ofBegun("digits", begun)).isEqualTo(begun);
        }
        assertThat(TrainingStart.USUAL.ofBegun("digits", OptionalLong.empty())).isEmpty();
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> TrainingStart.of("61").ofBegun("digits", begun))
                .withMessage("--from is 61; model digits began with offset 60, and cannot begin elsewhere: leave --from"
                        + " out, or choose another --model");
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> TrainingStart.of("latest").ofBegun("digits", OptionalLong.empty()))
                .withMessage("--from is latest; model digits began with the first record of its log, and cannot begin"
                        + " elsewhere: leave --from out, or choose another --model");
    }
}
