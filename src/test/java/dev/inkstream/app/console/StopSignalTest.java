package dev.inkstream.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
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
        Thread hook = stop.shutdownHook(LONG);
        hook.start();

        stop.await();
        assertThat(hook.isAlive()).isTrue();

        stop.finished();
        hook.join();
    }

    @Test
    void theHookWaitsNoLongerThanItsGrace() throws InterruptedException {
        Thread hook = stop.shutdownHook(Duration.ofMillis(1));
        hook.start();

        hook.join();
        assertThat(stop.isRequested()).isTrue();
    }
}
