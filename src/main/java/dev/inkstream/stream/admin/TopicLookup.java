package dev.inkstream.stream.admin;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsResult;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// Describes topics that must exist. The controller creates a topic before every broker has heard of it: a broker that
/// does not know one is asked again for ten seconds. Thread-safe.
///
/// @param describe asks the cluster; a broker that has not heard of a topic answers
///     [UnknownTopicOrPartitionException]
/// @param pause waits between two questions
public record TopicLookup(Function<Set<String>, Map<String, KafkaFuture<TopicDescription>>> describe, Runnable pause) {
    private static final long PAUSE_NANOS = Duration.ofMillis(100).toNanos();
    private static final int TRIES = 100;

    public static TopicLookup of(Admin admin) {
        return of(admin::describeTopics);
    }

    /// @param describe a method of an admin client
    public static TopicLookup of(Function<Set<String>, DescribeTopicsResult> describe) {
        return new TopicLookup(
                names -> describe.apply(names).topicNameValues(), () -> LockSupport.parkNanos(PAUSE_NANOS));
    }

    /// @return without the topics that stay unknown
    /// @throws KafkaException if the cluster refuses to describe one, or does not answer
    /// @throws InterruptException if the thread is interrupted
    public Map<String, TopicDescription> find(Set<String> topics) {
        Map<String, TopicDescription> found = new HashMap<>();
        Set<String> missing = ask(topics, found);
        for (int i = 1; i < TRIES && !missing.isEmpty(); i++) {
            pause.run();
            missing = ask(missing, found);
        }
        return found;
    }

    /// Whether the broker that answers knows a topic; it is asked once.
    public boolean isKnown(String topic) {
        return ask(Set.of(topic), new HashMap<>()).isEmpty();
    }

    /// The topics that the answering broker does not know.
    private Set<String> ask(Set<String> topics, Map<String, TopicDescription> found) {
        Set<String> missing = new HashSet<>();
        describe.apply(topics).forEach((name, answer) -> {
            try {
                found.put(name, KafkaFutures.join(answer));
            } catch (UnknownTopicOrPartitionException e) {
                missing.add(name);
            }
        });
        return missing;
    }

    /// As [#find(Set)], of one topic.
    ///
    /// @throws UnknownTopicOrPartitionException if it stays unknown
    public TopicDescription require(String topic) {
        TopicDescription found = find(Set.of(topic)).get(topic);
        if (found == null) {
            throw new UnknownTopicOrPartitionException("there is no topic " + topic);
        }
        return found;
    }
}
