package dev.inkstream.stream;

import static dev.inkstream.stream.JoinClock.IMAGES;
import static dev.inkstream.stream.JoinClock.LABELS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// The two watermarks of a join. Times are in seconds from a start.
class JoinClockTest {
    private static final long START = 1_795_000_000;
    private static final long HOUR = 3_600;

    private JoinClock clock = new JoinClock();

    @Test
    void theSlowerOfTheTwoKindsCloses() {
        advance(IMAGES, 100, 100);
        assertThat(clock.time()).as("no label has come").isZero();
        advance(LABELS, 90, 101);
        assertThat(time()).isEqualTo(90);
        advance(LABELS, 101, 101);
        assertThat(time()).isEqualTo(100);
        assertThat(reported()).isEqualTo(100);
    }

    @Test
    void neverGoesBack() {
        advance(IMAGES, 100, 100);
        advance(LABELS, 100, 100);
        advance(LABELS, 50, 101);
        advance(IMAGES, 50, 101);
        assertThat(time()).isEqualTo(100);
        assertThat(reported()).isEqualTo(100);
    }

    @Test
    void aKindThatIsQuietIsAwaitedForHalfAMinuteOfTheOther() {
        advance(LABELS, 0, 0);
        for (int second = 0; second < 30; second++) {
            advance(IMAGES, second, second);
            assertThat(time()).isZero();
        }
        advance(IMAGES, 30, 30);
        assertThat(time()).isEqualTo(30);
        advance(LABELS, 1, 31);
        advance(IMAGES, 32, 32);
        assertThat(time()).as("it is awaited again").isEqualTo(30);
    }

    /// After an outage both are read from where they stood; it is chance which comes first.
    @Test
    void aPauseOfBothIsNoSilenceOfOne() {
        advance(IMAGES, 0, 0);
        advance(LABELS, 0, 0);
        advance(IMAGES, 5 * HOUR, 5 * HOUR);
        assertThat(time()).isZero();
        advance(LABELS, 1, 5 * HOUR + 15);
        advance(LABELS, 5 * HOUR, 5 * HOUR + 16);
        assertThat(time()).isEqualTo(5 * HOUR);
    }

    @Test
    void aKindThatIsHoursBehindClosesNothingAndDelaysReportsForAMinuteAtMost() {
        for (int second = 0; second < 300; second++) {
            advance(LABELS, second - 2 * HOUR, second);
            advance(IMAGES, second, second);
            assertThat(time()).isEqualTo(second - 2 * HOUR);
            if (second >= 60) {
                assertThat(reported()).isBetween(second - 60L, second - 30L);
            }
        }
    }

    @Test
    void isTheSameWhenItHasBeenWrittenAndRead() {
        JoinClock restarted = new JoinClock();
        for (int second = 0; second < 300; second++) {
            int kind = second % 7 < 2 || second > 200 ? LABELS : IMAGES;
            advance(kind, second - 5L * kind, second);
            restarted = JoinClock.fromBytes(restarted.toBytes());
            restarted.advance(kind, millis(second - 5L * kind), millis(second));
            assertThat(restarted.toBytes()).isEqualTo(clock.toBytes());
            assertThat(restarted.time()).isEqualTo(clock.time());
            assertThat(restarted.reported()).isEqualTo(clock.reported());
        }
    }

    @Test
    void goesOnFromTheTimeOfAJoinThatHadNoClock() {
        clock = JoinClock.at(millis(100));
        assertThat(time()).isEqualTo(100);
        advance(IMAGES, 200, 200);
        assertThat(time()).isEqualTo(100);
        advance(LABELS, 150, 200);
        assertThat(time()).isEqualTo(150);
    }

    private void advance(int kind, long second, long arrivedAt) {
        clock.advance(kind, millis(second), millis(arrivedAt));
    }

    private long time() {
        return Duration.ofMillis(clock.time()).toSeconds() - START;
    }

    private long reported() {
        return Duration.ofMillis(clock.reported()).toSeconds() - START;
    }

    private static long millis(long second) {
        return Duration.ofSeconds(START + second).toMillis();
    }
}
