package dev.inkstream.app.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimiterTest {
    // A clock that starts close to its end: nanoTime may be anything, and may overflow.
    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 5);

    @Test
    void turnsComeAtTheirTime() {
        RateLimiter pace = new RateLimiter(10, nanoTime::get);

        assertThat(pace.take()).isTrue();
        assertThat(pace.take()).isFalse();
        pass(99);
        assertThat(pace.take()).isFalse();
        pass(1);
        assertThat(pace.take()).isTrue();
        assertThat(pace.take()).isFalse();
    }

    @Test
    void whatCameLateIsCaughtUpWith() {
        RateLimiter pace = new RateLimiter(10, nanoTime::get);
        pass(1000);

        int taken = 0;
        while (pace.take()) {
            taken++;
        }
        assertThat(taken).isEqualTo(11);
    }

    @Test
    void zeroIsAsFastAsPossible() {
        RateLimiter pace = new RateLimiter(0, nanoTime::get);

        assertThat(pace.take()).isTrue();
        assertThat(pace.take()).isTrue();
    }

    private void pass(long millis) {
        nanoTime.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    @Test
    void aDelayComesBeforeTheFirstTurn() {
        RateLimiter pace = new RateLimiter(10, Duration.ofSeconds(3), nanoTime::get);
        pass(2_999);
        assertThat(pace.take()).isFalse();
        pass(1);
        assertThat(pace.take()).isTrue();
        assertThat(pace.take()).isFalse();
        pass(100);
        assertThat(pace.take()).isTrue();
    }

    @Test
    void aDelayIsKeptAtFullSpeedToo() {
        RateLimiter pace = new RateLimiter(0, Duration.ofSeconds(3), nanoTime::get);
        assertThat(pace.take()).isFalse();
        pass(3_000);
        assertThat(pace.take()).isTrue();
        assertThat(pace.take()).isTrue();
    }
}
