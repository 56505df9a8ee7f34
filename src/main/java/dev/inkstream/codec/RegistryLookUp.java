package dev.inkstream.codec;

import java.time.Duration;
import java.util.function.Predicate;
import org.apache.kafka.common.errors.InterruptException;

/// All requests that one schema takes, under one deadline. Not thread-safe: one for each schema.
final class RegistryLookUp {
    private final RegistryServers servers;
    private final RegistryDeadline deadline;
    private final FollowerLag lag;
    private Duration waited = Duration.ZERO;

    /// @param lag how long an answer that something is missing is doubted
    RegistryLookUp(RegistryServers servers, RegistryDeadline deadline, FollowerLag lag) {
        this.servers = servers;
        this.deadline = deadline;
        this.lag = lag;
    }

    /// Asks, and asks again, the next server first, for as long as the answer is that something is missing.
    ///
    /// @param isMissing whether an answer says so
    /// @throws SchemaRegistryException if no server answers before the deadline, or one refuses
    /// @throws InterruptException if the thread is interrupted, or the process is to stop
    RegistryAnswer ask(RegistryRequest request, Predicate<RegistryAnswer> isMissing) {
        RegistryAnswer answer = servers.ask(request, deadline);
        while (isMissing.test(answer) && waitOnceMore()) {
            servers.next();
            answer = servers.ask(request, deadline);
        }
        return answer;
    }

    private boolean waitOnceMore() {
        Duration before = waited;
        waited = lag.waitOnceMore(before, deadline.left());
        return !waited.equals(before);
    }

    /// How long it has waited for what was missing.
    Duration waited() {
        return waited;
    }
}
