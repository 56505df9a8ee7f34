package dev.inkstream.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class PixelsTest {
    private static final byte[] RECORD = {9, 1, 2, 3, 9};

    @Test
    void aPartOfAnArrayEqualsAnArrayOfTheSameLevels() {
        Pixels part = new Pixels(RECORD, 1, 3);
        Pixels whole = Pixels.of(new byte[] {1, 2, 3});
        assertThat(part).isEqualTo(whole).hasSameHashCodeAs(whole);
        assertThat(part).isNotEqualTo(new Pixels(RECORD, 0, 3)).isNotEqualTo(new Pixels(RECORD, 1, 4));
        assertThat(part.buffer()).isEqualTo(whole.buffer());
        assertThat(part).hasToString("3 pixels");
    }

    @Test
    void copiesOnlyAPart() {
        assertThat(Pixels.of(RECORD).bytes()).isSameAs(RECORD);
        assertThat(new Pixels(RECORD, 1, 3).bytes()).containsExactly(1, 2, 3);
        assertThat(Pixels.of(RECORD).copy()).isEqualTo(RECORD).isNotSameAs(RECORD);
    }

    @Test
    void refusesWhatTheArrayDoesNotHave() {
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> new Pixels(RECORD, 3, 3));
    }
}
