package dev.inkstream.stream.guard;

import dev.inkstream.stream.intake.BoundedConsumer;
import dev.inkstream.stream.intake.Outstanding;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/// The main consumer of a stream thread: resumes where the guard says, and never joins its group in place of a
/// successor. Not thread-safe, as any consumer.
///
/// A subclass, not a delegate: `Consumer` has sixty methods, of which these differ.
final class GuardedConsumer extends BoundedConsumer {
    /// How long the group coordinator has to answer, before the guard does in its place.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /// The same, after it has not answered once.
    private static final Duration SHORT_PATIENCE = Duration.ofSeconds(1);

    private final GroupOffsets offsets;
    private final Outstanding outstanding;
    private final Membership membership;
    private Duration patience = PATIENCE;

    GuardedConsumer(Map<String, Object> config, Memory memory, GroupOffsets offsets, Membership membership) {
        super(config, memory);
        this.offsets = offsets;
        outstanding = memory.outstanding();
        this.membership = membership;
    }

    /// Joins the group with the next poll. A process that was paused while it started, after it took its instance id,
    /// would displace the successor that joined meanwhile.
    @Override
    public void subscribe(Collection<String> topics, ConsumerRebalanceListener listener) {
        membership.requireNotReplaced();
        super.subscribe(topics, new GuardedRebalance(this, membership, listener));
    }

    /// As the guard corrects them. If the coordinator does not answer in time, the guard answers for the partitions
    /// that it knows, and the coordinator has its usual time for the others. Kafka Streams seeks to these offsets after
    /// a failed commit.
    @Override
    public Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> group;
        try {
            group = super.committed(partitions, patience);
            patience = PATIENCE;
        } catch (TimeoutException e) {
            patience = SHORT_PATIENCE;
            return withoutCoordinator(partitions, e);
        }
        return offsets.resume().of(partitions, group);
    }

    private Map<TopicPartition, OffsetAndMetadata> withoutCoordinator(
            Set<TopicPartition> partitions, TimeoutException cause) {
        Map<TopicPartition, OffsetAndMetadata> found = offsets.resume().withoutGroup(partitions, cause);
        Set<TopicPartition> others = new HashSet<>(partitions);
        others.removeAll(found.keySet());
        if (!others.isEmpty()) {
            found.putAll(offsets.resume().of(others, super.committed(others)));
        }
        return found;
    }

    /// Kafka Streams commits so if it writes without transactions; else its producer commits.
    @Override
    public void commitSync(Map<TopicPartition, OffsetAndMetadata> committed) {
        outstanding.committed(committed);
        super.commitSync(committed);
        offsets.written(committed);
    }

    /// Kafka Streams calls this when its producer was fenced, and then joins the group again. A static member would
    /// join without its member id, as the newest of its instance id, and displace its successor.
    @Override
    public void unsubscribe() {
        membership.requireNotReplaced();
        super.unsubscribe();
    }

    @Override
    public void close(CloseOptions options) {
        try {
            super.close(options);
        } finally {
            offsets.close();
        }
    }
}
