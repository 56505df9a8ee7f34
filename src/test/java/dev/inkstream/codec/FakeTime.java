package dev.inkstream.codec;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/// A time that passes only when someone sleeps.
public final class FakeTime implements RegistryTime {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);
    private final List<Duration> sleeps = new CopyOnWriteArrayList<>();

    @Override
    public long nanos() {
        return nanos.get();
    }

    @Override
    public void sleep(Duration duration) {
        sleeps.add(duration);
        later(duration);
    }

    public void later(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }

    /// In milliseconds.
    public List<Long> sleeps() {
        return sleeps.stream().map(Duration::toMillis).toList();
    }

    public Duration slept() {
        return sleeps.stream().reduce(Duration.ZERO, Duration::plus);
    }
}
