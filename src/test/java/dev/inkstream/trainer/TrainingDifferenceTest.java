package dev.inkstream.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.network.NetworkShape;
import dev.inkstream.network.Preset;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingDifferenceTest {
    private static final String MODEL = settings(Preset.MODERN, 1, 784, 30, 10);

    @Test
    void namesEachOptionThatDiffers() {
        assertThat(differences(settings(Preset.MODERN, 1, 784, 50, 10)))
                .containsExactly("--hidden is 50; model digits has 30.");
        assertThat(differences(settings(Preset.MODERN, 2, 784, 20, 10, 10)))
                .containsExactly("--seed is 2; model digits has 1.", "--hidden is 20,10; model digits has 30.");
        assertThat(differences(settings(Preset.MODERN, 1, 400, 30, 26)))
                .containsExactly(
                        "--image-size gives 400 inputs; model digits has 784.",
                        "--classes is 26; model digits has 10.");
    }

    @Test
    void aPresetIsOneOption() {
        assertThat(differences(settings(Preset.CLASSIC, 1, 784, 30, 10)))
                .containsExactly("--preset is classic; model digits has modern.");
    }

    /// A build with other presets, or with settings that this one does not know, wrote the model.
    @Test
    void namesSettingsThatNoOptionDecides() {
        String other = MODEL.replace("miniBatchSize=16", "miniBatchSize=32") + " dropout=0.5";
        assertThat(TrainingDifference.between("digits", other, MODEL).sentences())
                .containsExactly("miniBatchSize is 16; model digits has 32.", "dropout is none; model digits has 0.5.");
    }

    /// Whatever differs, the message says something.
    @Test
    void takesTextThatIsNoSetting() {
        assertThat(TrainingDifference.between("digits", "text", MODEL).sentences())
                .startsWith("--seed is 1; model digits has none.");
    }

    private static List<String> differences(String started) {
        return TrainingDifference.between("digits", MODEL, started).sentences();
    }

    private static String settings(Preset preset, long seed, int... sizes) {
        return new Training.Settings("digits", preset.config(NetworkShape.of(sizes)), seed, 1).describe();
    }
}
