package dev.inkstream.stream.guard;

import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/// How one consumer reads the offsets of its group, and what it writes when it commits them. Used by its thread.
///
/// @param commits empty if commits are transactions, of which a producer writes the offsets
record GroupOffsets(ResumeOffsets resume, Optional<CommittedOffsets> commits) implements AutoCloseable {
    /// @param committed offsets that the group has accepted from the consumer
    void written(Map<TopicPartition, OffsetAndMetadata> committed) {
        commits.ifPresent(log -> log.write(committed));
    }

    @Override
    public void close() {
        try {
            resume.close();
        } finally {
            commits.ifPresent(CommittedOffsets::close);
        }
    }
}
