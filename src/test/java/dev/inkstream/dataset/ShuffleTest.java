package dev.inkstream.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ShuffleTest {
    @Property
    void visitsEachItemOnce(
            @ForAll @IntRange(max = 500) int size, @ForAll long seed, @ForAll @IntRange(max = 1000) int epoch) {
        assertThat(Shuffle.order(size, seed, epoch))
                .containsExactlyInAnyOrder(IntStream.range(0, size).toArray());
    }

    @Test
    void isTheSameOnEveryMachine() {
        assertThat(Shuffle.order(10, 42, 0)).containsExactly(8, 1, 9, 2, 6, 0, 4, 5, 3, 7);
        assertThat(Shuffle.order(10, 42, 1)).containsExactly(5, 1, 9, 6, 7, 2, 4, 0, 8, 3);
    }

    @Test
    void putsEveryItemEverywhereEquallyOften() {
        int[] first = new int[5];
        for (int epoch = 0; epoch < 10_000; epoch++) {
            first[Shuffle.order(5, 7, epoch)[0]]++;
        }
        assertThat(IntStream.of(first)).allSatisfy(count -> assertThat(count).isBetween(1_850, 2_150));
    }

    @Test
    void refusesNegativeNumbers() {
        assertThatThrownBy(() -> Shuffle.order(-1, 0, 0)).hasMessage("size is -1; it must be 0 or more");
        assertThatThrownBy(() -> Shuffle.order(1, 0, -2)).hasMessage("epoch is -2; it must be 0 or more");
    }
}
