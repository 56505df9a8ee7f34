package dev.inkstream.app.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.inkstream.app.monitor.Places.Place;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PlacesTest {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final Places places = new Places(2, nanos::get);

    @AfterEach
    void close() {
        threads.shutdownNow();
        threads.close();
    }

    @Test
    void theNewestTakesThePlaceOfTheOldest() throws Exception {
        Future<?> first = stall();
        Future<?> second = stall();
        Future<?> third = stall();
        assertThatIsInterrupted(first);
        assertThat(second).isNotDone();
        stall();
        assertThatIsInterrupted(second);
        assertThat(third).isNotDone();
    }

    @Test
    void aPlaceThatWasLeftIsFree() throws Exception {
        Future<?> first = stall();
        for (int i = 0; i < 10; i++) {
            try (Place _ = places.enter()) {
                assertThat(Thread.currentThread().isInterrupted()).isFalse();
            }
        }
        assertThat(first).isNotDone();
    }

    @Test
    void timeIsLimited() throws Exception {
        Future<?> first = stall();
        nanos.addAndGet(Duration.ofSeconds(6).toNanos());
        Future<?> second = stall();
        nanos.addAndGet(Duration.ofSeconds(4).toNanos());
        places.interruptAfter(Duration.ofSeconds(10).toNanos());
        assertThat(first).isNotDone();
        nanos.incrementAndGet();
        places.interruptAfter(Duration.ofSeconds(10).toNanos());
        assertThatIsInterrupted(first);
        assertThat(second).isNotDone();
    }

    /// Returns once it has entered.
    private Future<?> stall() throws InterruptedException {
        CountDownLatch entered = new CountDownLatch(1);
        Future<?> task = threads.submit(() -> {
            try (Place _ = places.enter()) {
                entered.countDown();
                new CountDownLatch(1).await();
                throw new CancellationException("nothing counts it down");
            }
        });
        assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
        return task;
    }

    private static void assertThatIsInterrupted(Future<?> task) {
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> task.get(10, TimeUnit.SECONDS))
                .withCauseInstanceOf(InterruptedException.class);
    }
}
