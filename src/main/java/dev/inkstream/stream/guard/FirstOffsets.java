package dev.inkstream.stream.guard;

import dev.inkstream.stream.admin.KafkaFutures;
import dev.inkstream.stream.admin.TopicLookup;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sets the first offsets of a group that has none.
///
/// A reset policy `latest` would apply again at each restart before the first commit, and to partitions that are added
/// later. In both cases records are skipped. Committing offsets before the first start avoids this.
record FirstOffsets(Admin admin, String group) {
    private static final Logger LOG = LoggerFactory.getLogger(FirstOffsets.class);

    void setToEnd(String topic) {
        if (!hasOffsets(topic)) {
            set(ends(topic));
        }
    }

    /// Of a topic with one partition.
    void set(String topic, long offset) {
        if (!hasOffsets(topic)) {
            set(Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(offset)));
        }
    }

    private void set(Map<TopicPartition, OffsetAndMetadata> offsets) {
        try {
            KafkaFutures.join(admin.alterConsumerGroupOffsets(group, offsets).all());
        } catch (UnknownMemberIdException e) {
            LOG.debug("group {} already has members, which keep their offsets", group, e);
        }
    }

    private boolean hasOffsets(String topic) {
        try {
            return KafkaFutures.join(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                    .keySet()
                    .stream()
                    .anyMatch(partition -> partition.topic().equals(topic));
        } catch (GroupIdNotFoundException e) {
            return false;
        }
    }

    private Map<TopicPartition, OffsetAndMetadata> ends(String topic) {
        Map<TopicPartition, OffsetSpec> latest = TopicLookup.of(admin).require(topic).partitions().stream()
                .collect(Collectors.toMap(
                        partition -> new TopicPartition(topic, partition.partition()),
                        partition -> OffsetSpec.latest()));
        return KafkaFutures.join(admin.listOffsets(latest).all()).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        end -> new OffsetAndMetadata(end.getValue().offset())));
    }
}
