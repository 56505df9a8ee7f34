package dev.inkstream.stream;

import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;

/// Runs one topology: start, await, rethrow. Thread-safe.
///
/// A failure of any thread stops the whole client: a failure that is not about one record repeats itself, and a
/// supervisor that starts the process again loses nothing.
public final class StreamsRunner implements AutoCloseable {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);

    private final KafkaStreams streams;
    private final boolean leavesGroup;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final CountDownLatch stopped = new CountDownLatch(1);

    /// Starts nothing yet.
    public StreamsRunner(Topology topology, StreamsSettings settings) {
        Properties properties = new Properties();
        properties.putAll(settings.toMap());
        streams = new KafkaStreams(topology, properties);
        leavesGroup = settings.instanceId().isEmpty();
        streams.setUncaughtExceptionHandler(e -> {
            failure.compareAndSet(null, e);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        streams.setStateListener((now, before) -> {
            if (now == KafkaStreams.State.ERROR || now == KafkaStreams.State.NOT_RUNNING) {
                stopped.countDown();
            }
        });
    }

    /// Starts the client; it takes records as soon as it has its partitions.
    public void start() {
        streams.start();
    }

    /// Starts the client, which joins its group and restores its global stores but takes no record until
    /// [#resume()].
    public void startPaused() {
        streams.pause();
        streams.start();
    }

    /// Takes records from now on.
    public void resume() {
        streams.resume();
    }

    /// Whether the client has its partitions and runs.
    public boolean isRunning() {
        return streams.state() == KafkaStreams.State.RUNNING;
    }

    /// Waits until the client stops, by [#close()] or by itself.
    ///
    /// @throws StreamsFailedException if a failure stopped it
    public void await() throws InterruptedException {
        stopped.await();
        rethrow();
    }

    /// @throws StreamsFailedException if a failure has stopped the client
    public void rethrow() {
        Throwable cause = failure.get();
        if (cause != null) {
            throw new StreamsFailedException(cause);
        }
    }

    /// Finishes what is under way, commits and stops. A dynamic member leaves its group, so that the others take
    /// over at once; a static member stays one, since it is expected back.
    @Override
    public void close() {
        streams.close(CloseOptions.timeout(CLOSE_TIMEOUT)
                .withGroupMembershipOperation(
                        leavesGroup
                                ? CloseOptions.GroupMembershipOperation.LEAVE_GROUP
                                : CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP));
        stopped.countDown();
    }
}
