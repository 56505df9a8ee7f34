package dev.inkstream.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DatasetTest {
    private static final ImageSize DOT = new ImageSize(1, 1);

    private final Images twelve = images(12, DOT, 10);

    @Test
    void keepsTheLastSixthForValidation() {
        Dataset dataset = new Dataset("dots", twelve, images(2, DOT, 10));

        assertThat(dataset.training(Split.FULL)).isEqualTo(twelve);
        assertThat(dataset.training(Split.CLASSIC)).isEqualTo(twelve.slice(0, 10));
        assertThat(dataset.validation()).isEqualTo(twelve.slice(10, 12));
    }

    @Test
    void describesItself() {
        assertThat(new Dataset("dots", images(1234, DOT, 10), twelve).description())
                .isEqualTo("dots: 1,234 training and 12 holdout images, 1x1, 10 classes");
    }

    @Test
    void refusesSetsThatDoNotGoTogether() {
        assertThatThrownBy(() -> new Dataset(" ", twelve, twelve))
                .hasMessage("name is blank; it must be what the data is called");
        assertThatThrownBy(() -> new Dataset("dots", twelve, images(1, new ImageSize(2, 1), 10)))
                .hasMessage("holdout has images of 2x1; it must have those of 1x1");
        assertThatThrownBy(() -> new Dataset("dots", twelve, images(1, DOT, 9)))
                .hasMessage("holdout has 9 classes; it must have 10");
    }

    private static Images images(int count, ImageSize size, int classes) {
        byte[] pixels = new byte[count * size.pixels()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) i;
        }
        return Images.of(pixels, new int[count], size, Classes.numbered(classes));
    }
}
