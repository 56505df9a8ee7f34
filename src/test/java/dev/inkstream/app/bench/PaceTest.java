package dev.inkstream.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long MILLI = 1_000_000;

    @Test
    void aRecordIsDueFromItsTimeOn() {
        Pace pace = new Pace(1_000, 5_000 * MILLI);

        assertThat(pace.due(4_999 * MILLI)).isZero();
        assertThat(pace.due(5_000 * MILLI)).isEqualTo(1);
        assertThat(pace.due(5_001 * MILLI - 1)).isEqualTo(1);
        assertThat(pace.due(5_001 * MILLI)).isEqualTo(2);
        assertThat(pace.due(6_000 * MILLI)).isEqualTo(1_001);
    }

    @Test
    void timesDoNotDrift() {
        assertThat(new Pace(3, 7).intendedNanos(3_000_000)).isEqualTo(1_000_000L * 1_000 * MILLI + 7);
    }

    @Property
    void whatIsDueIsEveryRecordWhoseTimeHasCome(
            @ForAll @IntRange(min = 1, max = 1_000_000) int rate, @ForAll @LongRange(max = 100_000_000_000L) long now) {
        Pace pace = new Pace(rate, 0);
        long due = pace.due(now);

        assertThat(pace.intendedNanos(due - 1)).isLessThanOrEqualTo(now);
        assertThat(pace.intendedNanos(due)).isGreaterThan(now);
    }
}
