package dev.inkstream.stream.admin;

import dev.inkstream.record.Causes;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
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
