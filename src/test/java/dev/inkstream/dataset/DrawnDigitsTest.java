package dev.inkstream.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class DrawnDigitsTest {
    private static final String FIRST_THOUSAND = "26e69c278bafe9f2da13a5a1c6920ccc9d0b0eb9c591b12f22bacf40e964f177";

    @Test
    void areTheSameOnEveryMachine() throws Exception {
        Images images = DrawnDigits.images(1, 0, 1_000);

        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (int i = 0; i < images.size(); i++) {
            digest.update((byte) images.label(i));
            digest.update(images.pixels(i));
        }
        // A change of how digits are drawn changes every figure measured on them: say so where they are given.
        assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(FIRST_THOUSAND);
    }

    @Test
    void dependOnSeedAndNumberAlone() {
        Images images = DrawnDigits.images(5, 0, 100);

        assertThat(DrawnDigits.images(5, 37, 20)).isEqualTo(images.slice(37, 57));
        assertThat(DrawnDigits.images(6, 37, 20)).isNotEqualTo(images.slice(37, 57));
    }

    @Test
    void showEachDigitEquallyOften() {
        assertThat(Labels.histogram(DrawnDigits.images(9, 0, 500))).containsOnly(50);
    }

    @Test
    void haveAboutAsMuchInkAsMnist() {
        Images images = DrawnDigits.images(1, 0, 5_000);

        assertThat(Ink.fraction(images)).isBetween(0.16, 0.21);
        assertThat(Ink.mean(images) / 255).isBetween(0.11, 0.15);
    }

    @Test
    void standInForMnistInSizeAndShape() {
        Dataset drawn = DrawnDigits.dataset(1, 120, 40);

        assertThat(drawn.description())
                .isEqualTo("drawn-digits: 120 training and 40 holdout images, 28x28, 10 classes");
        assertThat(drawn.holdout()).isNotEqualTo(drawn.training().slice(0, 40));
        assertThat(DrawnDigits.TRAINING_SIZE).isEqualTo(60_000);
        assertThat(DrawnDigits.HOLDOUT_SIZE).isEqualTo(10_000);
    }

    @Test
    void areTooHardForALinearModel() {
        Dataset drawn = DrawnDigits.dataset(1, 15_000, 5_000);

        double accuracy = LinearModel.train(drawn.training(), 8).accuracy(drawn.holdout());

        System.out.printf("linear model on drawn digits: %.2f %%%n", 100 * accuracy);
        assertThat(accuracy).isBetween(0.70, 0.97);
    }

    @Test
    void refuseSizesOutOfRange() {
        assertThatThrownBy(() -> DrawnDigits.images(1, -1, 1)).hasMessage("first is -1; it must be 0 or more");
        assertThatThrownBy(() -> DrawnDigits.images(1, 0, -1)).hasMessage("size is -1; it must be 0 to 1000000");
        assertThatThrownBy(() -> DrawnDigits.images(1, 0, 1_000_001))
                .hasMessage("size is 1000001; it must be 0 to 1000000");
    }
}
