package dev.inkstream.app.role;

import dev.inkstream.app.cluster.Answers;
import dev.inkstream.app.cluster.KafkaSettings;
import dev.inkstream.app.cluster.TopicReader;
import dev.inkstream.app.console.StopSignal;
import dev.inkstream.stream.ModelMismatchException;
import dev.inkstream.stream.TrainerTopology;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// Reads the last checkpoint before a trainer joins its group: one with other settings would displace the running one
/// and then fail.
record TrainedCheckpoint(KafkaSettings settings, Admin admin) {
    /// @throws ModelMismatchException if the model was trained with other settings
    void requireFit(TrainerTopology.Settings trainer) throws InterruptedException {
        String changelog = trainer.checkpointTopic();
        try {
            Answers.await(admin.describeTopics(List.of(changelog)).allTopicNames());
        } catch (UnknownTopicOrPartitionException e) {
            return;
        }
        new TopicReader(settings, new StopSignal())
                .readAll(List.of(changelog), record -> trainer.requireFit(record.key(), record.value()));
    }
}
