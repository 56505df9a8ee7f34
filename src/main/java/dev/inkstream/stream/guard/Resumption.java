package dev.inkstream.stream.guard;

import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/// What is known of one partition when an instance takes it over, and where the instance resumes. Immutable.
///
/// @param group the group's committed offset; empty if it has none, as after seven idle days
/// @param guard the last offset that a committed transaction reached
/// @param topicId id of the topic now
/// @param log the offsets that the partition holds now
record Resumption(TopicPartition partition, Optional<Long> group, GuardedOffset guard, Uuid topicId, Log log) {
    /// @param start offset of the first record
    /// @param end offset of the next record
    record Log(long start, long end) {}

    /// Where to resume, and why.
    sealed interface Decision {
        /// A sentence for the log.
        String why();
    }

    /// At the offset of the guard.
    record AtGuard(long offset, String why) implements Decision {}

    /// As the group says; the guard's offset no longer counts.
    record AsGroup(String why) implements Decision {}

    /// Whether group and guard may disagree, so that there is something to decide.
    static boolean isBehind(Optional<Long> group, GuardedOffset guard) {
        return group.isEmpty() || group.get() < guard.offset();
    }

    Decision decide(OffsetSource source) {
        if (isOtherTopic()) {
            return new AsGroup("topic %s was created again since a committed transaction reached offset %d of %s; %s"
                    .formatted(partition.topic(), guard.offset(), partition, resumesAsGroup()));
        }
        if (guard.offset() > log.end()) {
            return new AsGroup("%s ends at offset %d, but a committed transaction reached %d: records were lost; %s"
                    .formatted(partition, log.end(), guard.offset(), resumesAsGroup()));
        }
        if (source == OffsetSource.GROUP) {
            return new AsGroup("a committed transaction reached offset %d of %s; because of --accept-offsets, %s"
                    .formatted(guard.offset(), partition, resumesAsGroup()));
        }
        long offset = Math.max(guard.offset(), log.start());
        return new AtGuard(
                offset,
                ("the group coordinator returned %s for %s, but a committed transaction reached offset %d; resumes at"
                                + " %d. If the offsets were reset on purpose, start once with --accept-offsets.")
                        .formatted(
                                group.map(committed -> "offset " + committed).orElse("no offset"),
                                partition,
                                guard.offset(),
                                offset));
    }

    private boolean isOtherTopic() {
        return !guard.topicId().equals(Uuid.ZERO_UUID)
                && !topicId.equals(Uuid.ZERO_UUID)
                && !guard.topicId().equals(topicId);
    }

    private String resumesAsGroup() {
        return group.map(committed -> "resumes at " + committed + ", the offset of the group")
                .orElse("the group has no offset, so the start position of the topology decides");
    }
}
