package dev.inkstream.stream.runtime;

import dev.inkstream.stream.admin.KafkaFutures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    /// As [#verify(Admin, List, List, DescribeTopicsOptions)], with the patience of the client.
    public static void verify(Admin admin, List<String> needed, List<String> single) throws InterruptedException {
        verify(admin, needed, single, new DescribeTopicsOptions());
    }

    /// @param needed names of the topics that must exist
    /// @param single those of them that must have exactly one partition
    /// @param options how long to wait for an answer
    /// @throws TopicsNotReadyException if one does not
    /// @throws KafkaException if the cluster does not answer
    public static void verify(Admin admin, List<String> needed, List<String> single, DescribeTopicsOptions options)
            throws InterruptedException {
        List<String> missing = new ArrayList<>();
        for (Map.Entry<String, KafkaFuture<TopicDescription>> topic :
                admin.describeTopics(needed, options).topicNameValues().entrySet()) {
            int partitions = partitions(topic.getValue());
            if (partitions == 0) {
                missing.add(topic.getKey());
            } else if (partitions > 1 && single.contains(topic.getKey())) {
                throw new TopicsNotReadyException(
                        "topic " + topic.getKey() + " has " + partitions
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
