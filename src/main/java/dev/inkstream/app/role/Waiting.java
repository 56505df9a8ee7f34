package dev.inkstream.app.role;

import dev.inkstream.app.cluster.AdminClients;
import dev.inkstream.app.cluster.KafkaSettings;
import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.UserException;
import dev.inkstream.stream.runtime.TopicsNotReadyException;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;

/// Waits at the start of a role for a broker that is still starting and for topics that are created later, and says so
/// once. Used by one thread.
final class Waiting {
    /// A broker that runs answers sooner.
    private static final Duration USUAL = Duration.ofSeconds(3);

    /// A client that waits for a broker takes no notice of a stop, so none waits longer than this: less than the grace
    /// of a stop.
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private static final Duration POLL = Duration.ofMillis(500);

    private final Duration patience;
    private final StopSignal stop;
    private final Consumer<String> notices;
    private final long startNanos = System.nanoTime();
    private boolean said;

    /// Starts what needs topics.
    @FunctionalInterface
    interface Start {
        Role start() throws InterruptedException;
    }

    /// @param patience how long to wait for all of it
    /// @param stop ends the waiting
    /// @param notices takes the line that says so
    Waiting(Duration patience, StopSignal stop, Consumer<String> notices) {
        this.patience = patience;
        this.stop = stop;
        this.notices = notices;
    }

    /// As [AdminClients#connect(KafkaSettings, Duration)].
    ///
    /// @throws InterruptedException if a stop is requested
    Admin connect(KafkaSettings settings) throws InterruptedException {
        if (patience.compareTo(USUAL) <= 0) {
            return AdminClients.connect(settings, atLeastASecond(patience));
        }
        try {
            return AdminClients.connect(settings, USUAL);
        } catch (UserException e) {
            notices.accept("no Kafka broker at %s has answered yet; waiting up to %d s"
                    .formatted(settings.bootstrapServers(), patience.toSeconds()));
            return connectInTime(settings);
        }
    }

    private Admin connectInTime(KafkaSettings settings) throws InterruptedException {
        while (true) {
            try {
                return AdminClients.connect(settings, atLeastASecond(shorter(left(), LONGEST)), patience);
            } catch (UserException e) {
                if (left().isZero()) {
                    throw e;
                }
                pause(Duration.ZERO);
            }
        }
    }

    /// Tries again while topics are missing.
    ///
    /// @throws TopicsNotReadyException if they are missing to the end, or have the wrong number of partitions
    /// @throws InterruptedException if a stop is requested
    Role start(Start role) throws InterruptedException {
        while (true) {
            try {
                return role.start();
            } catch (TopicsNotReadyException e) {
                if (!e.isMissing() || left().isZero()) {
                    throw e;
                }
                sayOnce(e);
                pause(shorter(left(), POLL));
            }
        }
    }

    private void pause(Duration time) throws InterruptedException {
        if (stop.await(time)) {
            throw new InterruptedException("stopped while it was waiting");
        }
    }

    private void sayOnce(TopicsNotReadyException e) {
        if (!said) {
            said = true;
            notices.accept("waiting up to %d s: %s".formatted(left().toSeconds() + 1, e.getMessage()));
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration atLeastASecond(Duration time) {
        return time.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : time;
    }

    private Duration left() {
        Duration left = patience.minusNanos(System.nanoTime() - startNanos);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
