package dev.inkstream.app.role;

import dev.inkstream.stream.TopicsNotReadyException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/// Whether the topics of a running role are there, for its readiness. However often that is asked, the cluster is asked
/// once in five seconds. Thread-safe.
final class TopicPresence implements Supplier<Optional<String>> {
    private static final long FRESH_NANOS = Duration.ofSeconds(5).toNanos();

    private final Check check;
    private final LongSupplier nanos;
    private @Nullable Answer latest;

    /// Throws what [dev.inkstream.stream.TopicCheck] throws, within a time that a caller can wait.
    @FunctionalInterface
    interface Check {
        void verify() throws InterruptedException;
    }

    private record Answer(Optional<String> whyNot, long atNanos) {}

    /// @param nanos a clock, as [System#nanoTime()]
    TopicPresence(Check check, LongSupplier nanos) {
        this.check = check;
        this.nanos = nanos;
    }

    /// What is wrong with them, in a sentence that names the topic; empty if nothing is.
    @Override
    public synchronized Optional<String> get() {
        Answer answer = latest;
        if (answer == null || nanos.getAsLong() - answer.atNanos() > FRESH_NANOS) {
            Optional<String> whyNot = ask();
            answer = new Answer(whyNot, nanos.getAsLong());
            latest = answer;
        }
        return answer.whyNot();
    }

    private Optional<String> ask() {
        try {
            check.verify();
            return Optional.empty();
        } catch (TopicsNotReadyException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (KafkaException e) {
            return Optional.of("the cluster does not say whether the topics are there: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("asking for the topics was interrupted");
        }
    }
}
