package dev.inkstream.stream.guard;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// The ids of the topics that an instance has taken over partitions of. A topic that is deleted and created again has
/// another id. Thread-safe.
final class TopicIds {
    /// How often a topic that no broker knows is asked for.
    private static final int TRIES = 100;

    private final Function<Set<String>, Map<String, KafkaFuture<TopicDescription>>> describe;
    private final Runnable pause;
    private final Map<String, Uuid> known = new ConcurrentHashMap<>();

    /// @param describe asks the cluster; a broker that has not heard of a topic yet answers
    ///     [UnknownTopicOrPartitionException]
    /// @param pause waits between two questions
    TopicIds(Function<Set<String>, Map<String, KafkaFuture<TopicDescription>>> describe, Runnable pause) {
        this.describe = describe;
        this.pause = pause;
    }

    /// Asks for the ids. Kafka Streams creates internal topics and assigns them at once; a broker that answers may not
    /// know them yet, so it is asked again. The id of a topic that stays unknown stays unknown too.
    void learn(Set<String> topics) {
        Set<String> missing = ask(topics);
        for (int i = 1; i < TRIES && !missing.isEmpty(); i++) {
            pause.run();
            missing = ask(missing);
        }
    }

    /// The topics that the answering broker does not know.
    private Set<String> ask(Set<String> topics) {
        Set<String> missing = new HashSet<>();
        describe.apply(topics).forEach((name, answer) -> {
            try {
                known.put(name, Answers.join(answer).topicId());
            } catch (UnknownTopicOrPartitionException e) {
                missing.add(name);
            }
        });
        return missing;
    }

    /// [Uuid#ZERO_UUID] if it is not known.
    Uuid of(String topic) {
        return known.getOrDefault(topic, Uuid.ZERO_UUID);
    }
}
