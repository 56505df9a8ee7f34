package dev.inkstream.stream.admin;

import dev.inkstream.record.Causes;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.InterruptException;

/// Waits for the answers of Kafka's clients, and throws what the cluster refused with.
public final class KafkaFutures {
    private KafkaFutures() {}

    /// @throws org.apache.kafka.common.KafkaException what the cluster refused with
    public static <T> T await(Future<T> answer) throws InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw Causes.unwrapped(e);
        }
    }

    /// As [#await(Future)], for at most a time.
    ///
    /// @param what is waited for, as the subject of a sentence
    /// @throws org.apache.kafka.common.errors.TimeoutException if no answer comes in that time
    public static <T> T await(Future<T> answer, Duration patience, String what) throws InterruptedException {
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw Causes.unwrapped(e);
        } catch (TimeoutException e) {
            throw new org.apache.kafka.common.errors.TimeoutException(
                    what + " did not come within " + patience.toMillis() + " ms", e);
        }
    }

    /// As [#await(Future)], for a thread of Kafka Streams.
    ///
    /// @throws InterruptException if the thread is interrupted
    public static <T> T join(Future<T> answer) {
        try {
            return await(answer);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
