package dev.inkstream.stream.guard;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Corrects the group's committed offsets by those of the guard topic. Used by one consumer's thread.
final class ResumeOffsets implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ResumeOffsets.class);

    private final GuardedCluster cluster;
    private final GuardedOffsets guarded;
    private final OffsetSource source;
    private final Set<TopicPartition> seen = new HashSet<>();
    private final Map<TopicPartition, String> logged = new HashMap<>();

    /// @param source counts for the first look at each partition; a group that falls behind later has not been reset
    ResumeOffsets(GuardedCluster cluster, GuardedOffsets guarded, OffsetSource source) {
        this.cluster = cluster;
        this.guarded = guarded;
        this.source = source;
    }

    /// @param group offset of each partition as the group coordinator knows it; null if it knows none
    /// @return offset of each partition to resume at; null to start where the topology says
    Map<TopicPartition, OffsetAndMetadata> of(
            Set<TopicPartition> partitions, Map<TopicPartition, OffsetAndMetadata> group) {
        cluster.learnTopicIds(partitions);
        Map<TopicPartition, GuardedOffset> reached = guarded.readTo(cluster.endOfGuardTopic());
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

    private void correct(
            Map<TopicPartition, OffsetAndMetadata> offsets,
            TopicPartition partition,
            Optional<Long> group,
            GuardedOffset guard) {
        Uuid topicId = cluster.topicId(partition.topic());
        Resumption resumption = new Resumption(partition, group, guard, topicId, cluster.log(partition));
        Resumption.Decision decision = resumption.decide(seen.contains(partition) ? OffsetSource.GUARD : source);
        // Kafka Streams asks several times for the same offset.
        if (!decision.why().equals(logged.put(partition, decision.why()))) {
            LOG.warn("{}", decision.why());
        }
        switch (decision) {
            case Resumption.AtGuard at ->
                offsets.put(partition, new OffsetAndMetadata(at.offset(), Optional.empty(), guard.metadata()));
            case Resumption.AsGroup _ -> cluster.forget(partition);
        }
    }

    @Override
    public void close() {
        guarded.close();
    }
}
