package dev.inkstream.app.role;

import dev.inkstream.app.cluster.TopicReader;
import dev.inkstream.stream.admin.KafkaFutures;
import dev.inkstream.stream.admin.TopicLookup;
import dev.inkstream.trainer.TrainerSettings;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.jspecify.annotations.Nullable;

/// Reads the last checkpoint before a trainer joins its group: one with other settings would displace the running one
/// and then fail.
record TrainedCheckpoint(TopicReader reader, Admin admin) {
    /// The last checkpoint of the model; empty if it has none.
    Optional<byte[]> last(TrainerSettings trainer) throws InterruptedException {
        String changelog = trainer.checkpointTopic();
        AtomicReference<byte @Nullable []> last = new AtomicReference<>();
        if (exists(changelog, trainer.applicationId())) {
            reader.readChangelog(changelog, record -> {
                if (trainer.isCheckpoint(record.key(), record.value())) {
                    last.set(record.value());
                }
            });
        }
        return Optional.ofNullable(last.get());
    }

    /// Kafka Streams creates the changelog when a trainer first joins its group. So a group with members has one, even
    /// if the broker that answers has not heard of it yet.
    private boolean exists(String changelog, String group) throws InterruptedException {
        TopicLookup lookup = TopicLookup.of(admin);
        return lookup.isKnown(changelog)
                || (hasMembers(group) && !lookup.find(Set.of(changelog)).isEmpty());
    }

    private boolean hasMembers(String group) throws InterruptedException {
        try {
            return KafkaFutures.await(
                            admin.describeConsumerGroups(List.of(group)).all())
                    .values()
                    .stream()
                    .anyMatch(description -> !description.members().isEmpty());
        } catch (GroupIdNotFoundException e) {
            return false;
        }
    }
}
