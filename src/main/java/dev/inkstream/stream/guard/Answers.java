package dev.inkstream.stream.guard;

import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InterruptException;

/// Waits for the answers of an admin client.
final class Answers {
    private Answers() {}

    /// @throws KafkaException what the cluster refused with
    static <T> T await(KafkaFuture<T> answer) throws InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException kafka ? kafka : new KafkaException(e.getCause());
        }
    }

    /// As [#await(KafkaFuture)], for a thread of Kafka Streams.
    ///
    /// @throws InterruptException if the thread is interrupted
    static <T> T join(KafkaFuture<T> answer) {
        try {
            return await(answer);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
