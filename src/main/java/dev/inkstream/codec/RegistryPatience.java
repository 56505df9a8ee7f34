package dev.inkstream.codec;

import java.time.Duration;

/// How long the client of a schema registry tries before it gives up. A request that is under way then has one more
/// second. Immutable.
///
/// @param register for an id under which to write: a role asks before it joins its group
/// @param lookUp for the schema of an id, with all that it refers to and all waiting: a role asks between two records,
///     with a transaction open
/// @param unknown for what the registry says that it does not have: it may be a follower that lags
public record RegistryPatience(Duration register, Duration lookUp, Duration unknown) {
    private static final Duration MAX = Duration.ofSeconds(60);
    private static final Duration MAX_UNKNOWN = Duration.ofSeconds(4);

    /// Of a command, which has no transaction open.
    ///
    /// @param time how long it waits for each schema
    public static RegistryPatience ofCommand(Duration time) {
        return new RegistryPatience(time, time, MAX_UNKNOWN);
    }

    /// Of a role. While it runs, an outage and a lagging follower together take half the time that the coordinator
    /// leaves an open transaction, and much less than the group leaves a member.
    ///
    /// @param atStart how long it waits before it joins its group
    /// @param transactionTimeout Kafka's `transaction.timeout.ms`
    public static RegistryPatience ofRole(Duration atStart, Duration transactionTimeout) {
        return new RegistryPatience(
                atStart,
                least(MAX, transactionTimeout.dividedBy(2)),
                least(MAX_UNKNOWN, transactionTimeout.multipliedBy(4).dividedBy(10)));
    }

    static Duration least(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
