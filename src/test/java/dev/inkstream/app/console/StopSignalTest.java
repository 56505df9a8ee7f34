package dev.inkstream.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class StopSignalTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final StopSignal stop = new StopSignal();

    @Test
    void isAwaited() throws InterruptedException {
        assertThat(stop.await(Duration.ofMillis(1))).isFalse();
        assertThat(stop.isRequested()).isFalse();

        stop.request();
        stop.request();

        stop.await();
        assertThat(stop.await(Duration.ZERO)).isTrue();
        assertThat(stop.isRequested()).isTrue();
        assertThat(stop.requested()).isCompleted();
    }

    @Test
    void completingTheCopyIsNoRequest() {
        stop.requested().complete(null);

        assertThat(stop.isRequested()).isFalse();
    }

    @Test
    void theHookHoldsTheExitUntilTheCommandHasCleanedUp() throws InterruptedException {
        AtomicBoolean last = new AtomicBoolean();
        Thread hook = stop.shutdownHook(LONG, () -> last.set(true));
        hook.start();

        stop.await();
        assertThat(hook.isAlive()).isTrue();
        assertThat(last).isFalse();

        stop.finished();
        hook.join();
        assertThat(last).isTrue();
    }

    @Test
    void theHookWaitsNoLongerThanItsGrace() throws InterruptedException {
        AtomicBoolean last = new AtomicBoolean();
        Thread hook = stop.shutdownHook(Duration.ofMillis(1), () -> last.set(true));
        hook.start();

        hook.join();
        assertThat(stop.isRequested()).isTrue();
        assertThat(last).isTrue();
    }
}
