package dev.inkstream.stream.guard;

import dev.inkstream.stream.admin.TopicLookup;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.Uuid;

/// The ids of the topics that an instance has taken over partitions of. A topic that is deleted and created again has
/// another id. Thread-safe.
final class TopicIds {
    private final TopicLookup lookup;
    private final Map<String, Uuid> known = new ConcurrentHashMap<>();

    TopicIds(TopicLookup lookup) {
        this.lookup = lookup;
    }

    /// Asks for the ids. Kafka Streams creates internal topics and assigns them at once; a broker that answers may not
    /// know them yet. The id of a topic that stays unknown stays unknown too.
    void learn(Set<String> topics) {
        lookup.find(topics).forEach((name, topic) -> known.put(name, topic.topicId()));
    }

    /// [Uuid#ZERO_UUID] if it is not known.
    Uuid of(String topic) {
        return known.getOrDefault(topic, Uuid.ZERO_UUID);
    }
}
