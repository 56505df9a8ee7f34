package dev.inkstream.stat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ExactTestTest {
    @Test
    void theTwoSidedTestDoublesTheSmallerTail() {
        assertThat(ExactTest.different(0, 0)).isEqualTo(1);
        assertThat(ExactTest.different(3, 3)).isEqualTo(1);
        // 2 * (1 + 10 + 45) / 1024
        assertThat(ExactTest.different(2, 8)).isCloseTo(0.109375, within(1e-12));
        assertThat(ExactTest.different(8, 2)).isCloseTo(0.109375, within(1e-12));
        assertThat(ExactTest.different(0, 10)).isCloseTo(2.0 / 1024, within(1e-15));
    }
}
