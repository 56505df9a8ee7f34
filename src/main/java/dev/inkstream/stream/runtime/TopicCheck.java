package dev.inkstream.stream.runtime;

import dev.inkstream.stream.Topic;
import dev.inkstream.stream.admin.KafkaFutures;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// Looks at the topics before a client starts: what is missing or misshapen is said in one sentence, where Kafka
/// Streams would fail with a stack trace, or wait in silence.
public final class TopicCheck {
    /// What to do about a topic that is not there; the end of a sentence.
    public static final String REMEDY =
            "create what is missing with 'inkstream topics create' and the same options for cluster and prefix";

    private TopicCheck() {}

    /// As [#verify(Admin, List, DescribeTopicsOptions)], with the patience of the client.
    public static void verify(Admin admin, List<Topic<?, ?>> needed) throws InterruptedException {
        verify(admin, needed, new DescribeTopicsOptions());
    }

    /// @param needed the topics that must exist; those that are [Topic.Partitions#ORDERED] with one partition
    /// @param options how long to wait for an answer
    /// @throws TopicsNotReadyException if one does not
    /// @throws KafkaException if the cluster does not answer
    public static void verify(Admin admin, List<Topic<?, ?>> needed, DescribeTopicsOptions options)
            throws InterruptedException {
        var answers = admin.describeTopics(
                        needed.stream().<String>map(Topic::name).toList(), options)
                .topicNameValues();
        List<String> missing = new ArrayList<>();
        for (Topic<?, ?> topic : needed) {
            int partitions = partitions(Objects.requireNonNull(answers.get(topic.name())));
            if (partitions == 0) {
                missing.add(topic.name());
            } else if (partitions > 1 && topic.partitions() == Topic.Partitions.ORDERED) {
                throw new TopicsNotReadyException(
                        "topic " + topic.name() + " has " + partitions
                                + " partitions, but it must have exactly 1: the order of its records matters",
                        false);
            }
        }
        if (!missing.isEmpty()) {
            missing.sort(null);
            throw new TopicsNotReadyException(
                    (missing.size() == 1 ? "there is no topic " : "there are no topics ") + String.join(", ", missing)
                            + "; " + REMEDY,
                    true);
        }
    }

    /// 0 if there is no such topic.
    private static int partitions(KafkaFuture<TopicDescription> topic) throws InterruptedException {
        try {
            return KafkaFutures.await(topic).partitions().size();
        } catch (UnknownTopicOrPartitionException e) {
            return 0;
        }
    }
}
