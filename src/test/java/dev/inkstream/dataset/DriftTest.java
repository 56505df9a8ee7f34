package dev.inkstream.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DriftTest {
    private static final Images IMAGES = Images.of(
            new byte[] {1, 2, 3, 4, 5, 6, 7, (byte) 200}, new int[] {0, 2}, new ImageSize(2, 2), Classes.numbered(3));

    @Test
    void rotatesEachImageClockwise() {
        Images rotated = Drift.ROTATE.apply(IMAGES);
        assertThat(rotated.pixels(0)).containsExactly(3, 1, 4, 2);
        assertThat(rotated.pixels(1)).containsExactly(7, 5, (byte) 200, 6);
        assertThat(rotated.label(1)).isEqualTo(2);
    }

    @Test
    void fourQuartersAreAWholeTurn() {
        Images images = DrawnDigits.images(1, 0, 20);
        Images turned = images;
        for (int i = 0; i < 4; i++) {
            turned = Drift.ROTATE.apply(turned);
            assertThat(turned.equals(images)).isEqualTo(i == 3);
        }
    }

    @Test
    void invertsEveryPixel() {
        Images inverted = Drift.INVERT.apply(IMAGES);
        assertThat(inverted.pixels(0)).containsExactly(254, 253, 252, 251);
        assertThat(inverted.pixels(1)).containsExactly(250, 249, 248, 55);
        assertThat(inverted.label(1)).isEqualTo(2);
        assertThat(Drift.INVERT.apply(inverted)).isEqualTo(IMAGES);
    }

    @Test
    void callsEveryClassByTheNameOfTheNext() {
        Images renamed = Drift.PERMUTE_LABELS.apply(IMAGES);
        assertThat(renamed.label(0)).isEqualTo(1);
        assertThat(renamed.label(1)).isZero();
        assertThat(renamed.pixels(1)).isEqualTo(IMAGES.pixels(1));
        assertThat(renamed.classes()).isEqualTo(3);
    }

    @Test
    void aSliceChangesAlone() {
        Images slice = Drift.ROTATE.apply(IMAGES.slice(1, 2));
        assertThat(slice.size()).isEqualTo(1);
        assertThat(slice.pixels(0)).containsExactly(7, 5, (byte) 200, 6);
        assertThat(IMAGES.pixels(1)).containsExactly(5, 6, 7, (byte) 200);
    }

    @Test
    void onlySquaresCanBeRotated() {
        Images wide = Images.of(new byte[6], new int[1], new ImageSize(3, 2), Classes.numbered(2));
        assertThatThrownBy(() -> Drift.ROTATE.apply(wide))
                .hasMessage("images are 3x2; to be rotated they must be square");
    }
}
