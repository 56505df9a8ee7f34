package dev.inkstream.app.role;

import dev.inkstream.app.cluster.KafkaFailures;
import dev.inkstream.stream.runtime.TopicsNotReadyException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Whether the topics of a running role are there, for its readiness. However often that is asked, the cluster is asked
/// once in five seconds. Thread-safe.
final class TopicReadiness implements Supplier<Optional<String>> {
    private static final long FRESH_NANOS = Duration.ofSeconds(5).toNanos();

    private final String address;
    private final Check check;
    private final LongSupplier nanos;
    private @Nullable Answer latest;

    /// Throws what [dev.inkstream.stream.runtime.TopicCheck] throws, within a time that a caller can wait.
    @FunctionalInterface
    interface Check {
        void verify() throws InterruptedException;
    }

    private record Answer(Optional<String> whyNot, long atNanos) {}

    /// @param address of the cluster, for the sentences
    /// @param nanos a clock, as [System#nanoTime()]
    TopicReadiness(String address, Check check, LongSupplier nanos) {
        this.address = address;
        this.check = check;
        this.nanos = nanos;
    }

    /// What is wrong with them, in a sentence that names the topic; empty if nothing is.
    @Override
    public synchronized Optional<String> get() {
        Answer answer = latest;
        if (answer != null && nanos.getAsLong() - answer.atNanos() <= FRESH_NANOS) {
            return answer.whyNot();
        }
        try {
            Optional<String> whyNot = ask();
            latest = new Answer(whyNot, nanos.getAsLong());
            return whyNot;
        } catch (InterruptedException e) {
            // It says nothing about the topics, so the next caller asks again.
            Thread.currentThread().interrupt();
            return Optional.of("the check of the topics was interrupted");
        }
    }

    private Optional<String> ask() throws InterruptedException {
        try {
            check.verify();
            return Optional.empty();
        } catch (TopicsNotReadyException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (TimeoutException e) {
            return Optional.of("no Kafka broker answers at %s".formatted(address));
        } catch (KafkaException e) {
            return KafkaFailures.sentence(e, address)
                    .or(() -> Optional.of(
                            "Kafka at %s does not describe the topics: %s".formatted(address, e.getMessage())));
        }
    }
}
