package dev.inkstream.stream.admin;

<<<<<<< HEAD
import dev.inkstream.record.Causes;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
=======
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
>>>>>>> 8963acf (Format; one way to wait for a client's answer for a time)
import org.apache.kafka.common.errors.InterruptException;

/// Waits for the answers of Kafka's clients, and throws what the cluster refused with.
public final class KafkaFutures {
    private KafkaFutures() {}

    /// @throws org.apache.kafka.common.KafkaException what the cluster refused with
    public static <T> T await(Future<T> answer) throws InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
<<<<<<< HEAD
            throw Causes.unwrapped(e);
=======
            throw refusal(e);
>>>>>>> 8963acf (Format; one way to wait for a client's answer for a time)
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
            throw refusal(e);
        } catch (TimeoutException e) {
            throw new org.apache.kafka.common.errors.TimeoutException(
                    what + " did not come within " + patience.toMillis() + " ms", e);
        }
    }

    private static KafkaException refusal(ExecutionException e) {
        return e.getCause() instanceof KafkaException kafka ? kafka : new KafkaException(e.getCause());
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
