package dev.inkstream.stream.guard;

import java.util.Collection;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;

/// Sets the positions of assigned partitions before Kafka Streams polls a record of them, and stops a member that has
/// been replaced before it joins again. Used by the consumer's thread.
record GuardedRebalance(Consumer<?, ?> consumer, Membership membership, ConsumerRebalanceListener streams)
        implements ConsumerRebalanceListener {
    /// A position that is set here is not fetched again from the group coordinator, which may have restarted since.
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        membership.joined(consumer.groupMetadata().memberId());
        if (!partitions.isEmpty()) {
            consumer.committed(Set.copyOf(partitions)).forEach((partition, offset) -> {
                if (offset != null) {
                    consumer.seek(partition, offset);
                }
            });
        }
        streams.onPartitionsAssigned(partitions);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        streams.onPartitionsRevoked(partitions);
    }

    /// The consumer has lost its member id and is about to join the group with a new one.
    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        streams.onPartitionsLost(partitions);
        membership.requireNotReplaced();
    }
}
