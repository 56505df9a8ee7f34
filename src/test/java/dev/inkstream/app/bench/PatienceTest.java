package dev.inkstream.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private static final long SECOND = 1_000_000_000L;

    private long now = 5 * SECOND;
    private final Patience patience = new Patience(Duration.ofSeconds(60), () -> now);

    @Test
    void itEndsWhenNothingHasHappenedForLongerThanTheLimit() {
        now += 60 * SECOND;
        assertThat(patience.isOver(0)).isFalse();

        now++;
        assertThat(patience.isOver(0)).isTrue();
    }

    @Test
    void progressBeginsTheTimeAgain() {
        now += 60 * SECOND;
        assertThat(patience.isOver(1)).isFalse();

        now += 60 * SECOND;
        assertThat(patience.isOver(1)).isFalse();

        now++;
        assertThat(patience.isOver(1)).isTrue();
        assertThat(patience.isOver(2)).isFalse();
    }
}
