package dev.inkstream.app.role;

import dev.inkstream.app.cluster.Brokers;
import dev.inkstream.app.cluster.KafkaSettings;
import dev.inkstream.app.console.UserException;
import dev.inkstream.stream.TopicsNotReadyException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;

/// Waits at the start of a role for a broker that is still starting and for topics that are created later, and says so
/// once. Used by one thread.
final class Waiting {
    /// A broker that runs answers sooner.
    private static final Duration USUAL = Duration.ofSeconds(3);

    private static final Duration POLL = Duration.ofMillis(500);

    private final Duration patience;
    private final Consumer<String> notices;
    private final long startNanos = System.nanoTime();
    private boolean said;

    /// Starts what needs topics.
    @FunctionalInterface
    interface Start {
        Role start() throws InterruptedException;
    }

    /// @param patience how long to wait for all of it
    /// @param notices takes the line that says so
    Waiting(Duration patience, Consumer<String> notices) {
        this.patience = patience;
        this.notices = notices;
    }

    /// As [Brokers#connect(KafkaSettings, Duration)].
    Admin connect(KafkaSettings settings) throws InterruptedException {
        if (patience.compareTo(USUAL) <= 0) {
            return Brokers.connect(settings, atLeastASecond(patience));
        }
        try {
            return Brokers.connect(settings, USUAL);
        } catch (UserException e) {
            notices.accept("waiting up to %d s for a Kafka broker at %s"
                    .formatted(patience.toSeconds(), settings.bootstrapServers()));
            return Brokers.connect(settings, atLeastASecond(left()), patience);
        }
    }

    /// Tries again while topics are missing.
    ///
    /// @throws TopicsNotReadyException if they are missing to the end, or have the wrong number of partitions
    Role start(Start role) throws InterruptedException {
        while (true) {
            try {
                return role.start();
            } catch (TopicsNotReadyException e) {
                if (!e.isMissing() || left().isZero()) {
                    throw e;
                }
                sayOnce(e);
                TimeUnit.MILLISECONDS.sleep(Math.min(POLL.toMillis(), Math.max(1, left().toMillis())));
            }
        }
    }

    private void sayOnce(TopicsNotReadyException e) {
        if (!said) {
            said = true;
            notices.accept("waiting up to %d s: %s".formatted(left().toSeconds() + 1, e.getMessage()));
        }
    }

    private static Duration atLeastASecond(Duration time) {
        return time.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : time;
    }

    private Duration left() {
        Duration left = patience.minusNanos(System.nanoTime() - startNanos);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
