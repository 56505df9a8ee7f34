package dev.inkstream.app.role;

import dev.inkstream.app.cluster.TopicReader;
import dev.inkstream.stream.ModelMismatchException;
import dev.inkstream.stream.admin.KafkaFutures;
import dev.inkstream.stream.admin.TopicLookup;
import dev.inkstream.trainer.TrainerSettings;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/// Reads the last checkpoint before a trainer joins its group: one with other settings would displace the running one
/// and then fail.
record TrainedCheckpoint(TopicReader reader, Admin admin) {
    /// @return whether there is one
    /// @throws ModelMismatchException if the model was trained with other settings
    boolean requireFit(TrainerSettings trainer) throws InterruptedException {
        String changelog = trainer.checkpointTopic();
        if (!exists(changelog, trainer.applicationId())) {
            return false;
        }
        AtomicBoolean found = new AtomicBoolean();
        reader.readChangelog(changelog, record -> {
            if (trainer.requireFit(record.key(), record.value())) {
                found.set(true);
            }
        });
        return found.get();
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
