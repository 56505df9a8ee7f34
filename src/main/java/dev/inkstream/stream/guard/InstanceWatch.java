package dev.inkstream.stream.guard;

import dev.inkstream.stream.intake.CommittedReader;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds out before a start whether another process runs under the same instance id. Used by one thread.
///
/// A process that this host shows to be dead is not waited for. docs/adr/0018 says what that takes.
///
/// @param consumers gives a consumer of all records, those of open transactions included; it is closed here
/// @param evidence of what the records do not say
record InstanceWatch(
        GuardTopic topic, String instanceId, Supplier<Consumer<byte[], byte[]>> consumers, Evidence evidence) {
    /// A process that writes no record for so long is dead or paused; its successor takes over.
    static final Duration SILENCE = InstanceLease.BEAT.multipliedBy(5);

    private static final Logger LOG = LoggerFactory.getLogger(InstanceWatch.class);

    private static final Duration POLL = Duration.ofMillis(100);

    /// How long the topic may be silent while it is read: as for other calls of a consumer.
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// @param nanos a clock, as [System#nanoTime()]
    /// @param dead whether a process certainly runs no more
    record Evidence(LongSupplier nanos, Predicate<HostProcess> dead) {}

    /// @param members the members of the group now
    /// @param end end of the guard topic now
    /// @throws InstanceInUseException if a member of this instance id is alive
    /// @throws TimeoutException if the guard topic cannot be read
    void requireFree(Collection<MemberDescription> members, long end) {
        members.stream().filter(this::isOurs).findFirst().ifPresent(other -> {
            try (Consumer<byte[], byte[]> consumer = consumers.get()) {
                if (isAlive(consumer, end)) {
                    throw new InstanceInUseException(instanceId, topic.applicationId(), other.host());
                }
            }
        });
    }

    /// Kafka Streams adds the number of the thread.
    private boolean isOurs(MemberDescription member) {
        return member.groupInstanceId()
                .filter(id -> id.matches(Pattern.quote(instanceId) + "-\\d+"))
                .isPresent();
    }

    private boolean isAlive(Consumer<byte[], byte[]> consumer, long end) {
        InstanceProcesses all = before(consumer, end);
        if (all.haveAllEnded(evidence.dead())) {
            return false;
        }
        LOG.info(
                "the process before this one as instance {} of {} may be alive; waits {} ms for a sign of it",
                instanceId,
                topic.applicationId(),
                SILENCE.toMillis());
        return isHeard(consumer, all);
    }

    /// @param all the processes so far
    private boolean isHeard(Consumer<byte[], byte[]> consumer, InstanceProcesses all) {
        InstanceProcesses since = new InstanceProcesses();
        long start = now();
        // A poll returns sooner than it was asked to if there is any record: only a clock shows how long it waited.
        while (!all.haveAllEnded(evidence.dead()) && now() - start < SILENCE.toNanos()) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                take(record, all);
                take(record, since);
            }
            if (since.isOneRunning(evidence.dead())) {
                return true;
            }
        }
        return false;
    }

    private long now() {
        return evidence.nanos().getAsLong();
    }

    private InstanceProcesses before(Consumer<byte[], byte[]> consumer, long end) {
        InstanceProcesses processes = new InstanceProcesses();
        consumer.assign(List.of(topic.partition()));
        consumer.seekToBeginning(List.of(topic.partition()));
        new CommittedReader(PATIENCE, evidence.nanos())
                .read(consumer, Map.of(topic.partition(), end), record -> take(record, processes));
        return processes;
    }

    private void take(ConsumerRecord<byte[], byte[]> record, InstanceProcesses processes) {
        if (record.value() != null && Arrays.equals(record.key(), InstanceRecord.key(instanceId))) {
            processes.take(InstanceRecord.of(record));
        }
    }
}
