package dev.inkstream.stream.guard;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Corrects the group's committed offsets by those of the guard topic. Used by one consumer's thread.
final class ResumeOffsets implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ResumeOffsets.class);

    private final GuardedCluster cluster;
    private final GuardedOffsets guarded;
    private final OffsetSource source;
    private final Set<TopicPartition> seen;
    private final Map<TopicPartition, String> logged = new HashMap<>();

    /// @param source counts for the first look at each partition; a group that falls behind later has not been reset
    /// @param seen partitions that this process has looked at, of all its threads: partitions move between them
    ResumeOffsets(GuardedCluster cluster, GuardedOffsets guarded, OffsetSource source, Set<TopicPartition> seen) {
        this.cluster = cluster;
        this.guarded = guarded;
        this.source = source;
        this.seen = seen;
    }

    /// @param group offset of each partition as the group coordinator knows it; null if it knows none
    /// @return offset of each partition to resume at; null to start where the topology says
    Map<TopicPartition, OffsetAndMetadata> of(
            Set<TopicPartition> partitions, Map<TopicPartition, OffsetAndMetadata> group) {
        Map<TopicPartition, GuardedOffset> reached = reached(partitions);
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>(group);
        for (TopicPartition partition : partitions) {
            GuardedOffset guard = reached.get(partition);
            Optional<Long> offset = Optional.ofNullable(group.get(partition)).map(OffsetAndMetadata::offset);
            if (guard != null && Resumption.isBehind(offset, guard)) {
                correct(offsets, partition, offset, guard);
            }
            seen.add(partition);
        }
        return offsets;
    }

    /// The offsets to resume at while the group coordinator does not answer.
    ///
    /// @param cause what was thrown instead of an answer
    /// @return without the partitions that no committed transaction has reached, or whose topic was created again
    Map<TopicPartition, OffsetAndMetadata> withoutGroup(Set<TopicPartition> partitions, TimeoutException cause) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        reached(partitions).forEach((partition, guard) -> {
            if (partitions.contains(partition)
                    && decide(partition, Optional.empty(), guard) instanceof Resumption.AtGuard at) {
                offsets.put(partition, guard.at(at.offset()));
                seen.add(partition);
            }
        });
        if (!offsets.isEmpty()) {
            LOG.warn(
                    "the group coordinator did not return the group's offsets ({}); resumes where the last committed"
                            + " transaction ended: {}",
                    cause.getMessage(),
                    positions(offsets));
        }
        return offsets;
    }

    private static String positions(Map<TopicPartition, OffsetAndMetadata> offsets) {
        return offsets.entrySet().stream()
                .map(entry -> entry.getKey() + " at " + entry.getValue().offset())
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private Map<TopicPartition, GuardedOffset> reached(Set<TopicPartition> partitions) {
        cluster.learnTopicIds(partitions);
        return guarded.readTo(cluster.endOfGuardTopic());
    }

    private void correct(
            Map<TopicPartition, OffsetAndMetadata> offsets,
            TopicPartition partition,
            Optional<Long> group,
            GuardedOffset guard) {
        Resumption.Decision decision = decide(partition, group, guard);
        // Kafka Streams asks several times for the same offset.
        if (!decision.why().equals(logged.put(partition, decision.why()))) {
            LOG.warn("{}", decision.why());
        }
        switch (decision) {
            case Resumption.AtGuard at -> offsets.put(partition, guard.at(at.offset()));
            case Resumption.AsGroup _ -> cluster.forget(partition);
        }
    }

    private Resumption.Decision decide(TopicPartition partition, Optional<Long> group, GuardedOffset guard) {
        Uuid topicId = cluster.topicId(partition.topic());
        Resumption resumption = new Resumption(partition, group, guard, topicId, cluster.log(partition));
        return resumption.decide(seen.contains(partition) ? OffsetSource.GUARD : source);
    }

    @Override
    public void close() {
        guarded.close();
    }
}
