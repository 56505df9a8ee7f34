package dev.inkstream.app.faults;

import static org.awaitility.Awaitility.await;

import dev.inkstream.stream.Topics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/// Takes the committed offsets from groups whose members are dead. Thread-safe.
record GroupOffsets(Admin admin, Topics topics) {
    /// As after seven idle days, or as an old coordinator remembers them. The broker may still be about to load the
    /// group.
    ///
    /// @param deleted whether they are deleted; else they become 0
    void forget(Target target, boolean deleted) {
        String group = target.group(topics);
        await("offsets of " + group + " are gone")
                .atMost(Stack.PATIENCE)
                .ignoreExceptionsMatching(ExecutionException.class::isInstance)
                .until(() -> {
                    removeMembers(group);
                    Map<TopicPartition, OffsetAndMetadata> offsets = admin.listConsumerGroupOffsets(group)
                            .partitionsToOffsetAndMetadata()
                            .get();
                    if (deleted) {
                        admin.deleteConsumerGroupOffsets(group, offsets.keySet())
                                .all()
                                .get();
                    } else {
                        Map<TopicPartition, OffsetAndMetadata> zero = offsets.keySet().stream()
                                .collect(Collectors.toMap(
                                        partition -> partition, partition -> new OffsetAndMetadata(0)));
                        admin.alterConsumerGroupOffsets(group, zero).all().get();
                    }
                    return true;
                });
    }

    /// The dead would stay members until their session ends.
    private void removeMembers(String group) throws ExecutionException, InterruptedException {
        boolean members = !admin.describeConsumerGroups(List.of(group))
                .describedGroups()
                .get(group)
                .get()
                .members()
                .isEmpty();
        if (members) {
            admin.removeMembersFromConsumerGroup(group, new RemoveMembersFromConsumerGroupOptions())
                    .all()
                    .get();
        }
    }
}
