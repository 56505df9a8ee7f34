package dev.inkstream.stream.guard;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/// Finds out before a start whether another process runs under the same instance id. Used by one thread.
///
/// @param consumerConfig settings of a consumer of all records, those of open transactions included
record InstanceWatch(GuardTopic topic, String instanceId, Map<String, Object> consumerConfig) {
    private static final Duration POLL = Duration.ofMillis(100);

    /// A process that tells nothing for so long is dead or paused; its successor takes over.
    private static final int SILENT_POLLS = 25;

    /// @param members the members of the group now
    /// @param end end of the guard topic now
    /// @throws InstanceInUseException if a member of this instance id is alive
    void requireFree(Collection<MemberDescription> members, long end) {
        Optional<MemberDescription> member =
                members.stream().filter(this::isOurs).findFirst();
        member.ifPresent(other -> {
            if (isAlive(end)) {
                throw new InstanceInUseException(instanceId, topic.applicationId(), other.host());
            }
        });
    }

    /// Kafka Streams adds the number of the thread.
    private boolean isOurs(MemberDescription member) {
        return member.groupInstanceId()
                .filter(id -> id.matches(Pattern.quote(instanceId) + "-\\d+"))
                .isPresent();
    }

    private boolean isAlive(long end) {
        try (var consumer =
                new KafkaConsumer<>(consumerConfig, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(topic.partition()));
            consumer.seekToBeginning(List.of(topic.partition()));
            Presence last = null;
            while (consumer.position(topic.partition()) < end) {
                last = lastOf(consumer, last);
            }
            return (last == null || last.running()) && isTelling(consumer);
        }
    }

    private boolean isTelling(KafkaConsumer<byte[], byte[]> consumer) {
        for (int i = 0; i < SILENT_POLLS; i++) {
            Presence told = lastOf(consumer, null);
            if (told != null) {
                return told.running();
            }
        }
        return false;
    }

    private @Nullable Presence lastOf(KafkaConsumer<byte[], byte[]> consumer, @Nullable Presence before) {
        Presence last = before;
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            if (Arrays.equals(record.key(), Presence.key(instanceId)) && record.value() != null) {
                last = Presence.fromBytes(record.value());
            }
        }
        return last;
    }
}
