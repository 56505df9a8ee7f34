package dev.inkstream.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ImagesTest {
    private static final ImageSize TWO_BY_ONE = new ImageSize(2, 1);

    private final byte[] pixels = {1, 2, 3, 4, 5, 6};
    private final int[] labels = {0, 1, 2};
    private final Images images = Images.of(pixels, labels, TWO_BY_ONE, Classes.numbered(3));

    @Test
    void holdPixelsAndLabels() {
        assertThat(images.size()).isEqualTo(3);
        assertThat(images.width()).isEqualTo(2);
        assertThat(images.height()).isEqualTo(1);
        assertThat(images.classes()).isEqualTo(3);
        assertThat(images.pixels(1)).containsExactly(3, 4);
        assertThat(images.label(1)).isEqualTo(1);
        assertThat(images).hasToString("3 images of 2x1 in 3 classes");
    }

    @Test
    void cannotBeChangedThroughArrays() {
        Images same = Images.of(pixels, labels, TWO_BY_ONE, Classes.numbered(3));
        pixels[0] = 99;
        labels[0] = 2;
        images.pixels(1)[0] = 99;

        assertThat(images).isEqualTo(same).hasSameHashCodeAs(same);
    }

    @Test
    void areSlicedByNumber() {
        Images slice = images.slice(1, 3);

        assertThat(slice.size()).isEqualTo(2);
        assertThat(slice.pixels(1)).containsExactly(5, 6);
        assertThat(slice.label(1)).isEqualTo(2);
        assertThat(slice.slice(1, 2)).isEqualTo(images.slice(2, 3)).hasSameHashCodeAs(images.slice(2, 3));
        assertThat(slice).isNotEqualTo(images.slice(0, 2));
        assertThat(images.slice(3, 3).size()).isZero();
    }

    @Test
    void refuseNumbersOutOfRange() {
        Images slice = images.slice(1, 2);

        assertThatThrownBy(() -> slice.pixels(1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> slice.label(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> slice.slice(0, 2)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void refuseArraysThatDoNotFit() {
        assertThatThrownBy(() -> Images.of(new byte[5], labels, TWO_BY_ONE, Classes.numbered(3)))
                .hasMessage("pixels has 5 bytes; it must have 6 for 3 images of 2x1");
        assertThatThrownBy(() -> Images.of(pixels, labels, TWO_BY_ONE, Classes.numbered(2)))
                .hasMessage("label 2 is 2; it must be 0 to 1");
        assertThatThrownBy(() -> Images.of(pixels, new int[] {0, -1, 1}, TWO_BY_ONE, Classes.numbered(3)))
                .hasMessage("label 1 is -1; it must be 0 to 2");
        assertThatThrownBy(() -> Classes.numbered(501)).hasMessage("classes is 501; it must be 1 to 500");
        assertThatThrownBy(() -> Classes.numbered(0)).hasMessage("classes is 0; it must be 1 to 500");
        assertThatThrownBy(() -> new ImageSize(0, 1))
                .hasMessage("image size is 0x1; each side must be 1 to 4096 pixels");
        assertThatThrownBy(() -> new ImageSize(1, 4097))
                .hasMessage("image size is 1x4097; each side must be 1 to 4096 pixels");
    }
}
