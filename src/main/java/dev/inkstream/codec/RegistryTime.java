package dev.inkstream.codec;

import java.time.Duration;

/// Time as the client of a schema registry needs it. Implementations are thread-safe.
public interface RegistryTime {
    /// Nanoseconds since an arbitrary origin; they never decrease.
    long nanos();

    /// Waits.
    ///
    /// @throws InterruptedException if the thread is interrupted, or the process is to stop
    void sleep(Duration duration) throws InterruptedException;

    /// The machine's.
    static RegistryTime system() {
        return new RegistryTime() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public void sleep(Duration duration) throws InterruptedException {
                Thread.sleep(duration);
            }
        };
    }
}
