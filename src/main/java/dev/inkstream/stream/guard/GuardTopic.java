package dev.inkstream.stream.guard;

import dev.inkstream.stream.admin.KafkaFutures;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The internal topic of one application that its guard reads and writes: compacted, with one partition.
///
/// Its segments are as small as a broker allows, since an instance reads the whole topic at start and the active
/// segment is never compacted.
///
/// @param applicationId begins its name, as the names of other internal topics
record GuardTopic(String applicationId) {
    private static final Logger LOG = LoggerFactory.getLogger(GuardTopic.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Map<String, String> CONFIG = Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            TopicConfig.CLEANUP_POLICY_COMPACT,
            TopicConfig.SEGMENT_BYTES_CONFIG,
            Integer.toString(1024 * 1024),
            TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG,
            "0.1");

    String name() {
        return applicationId + "-guard";
    }

    TopicPartition partition() {
        return new TopicPartition(name(), 0);
    }

    /// Creates the topic if it is missing, with as many replicas as the cluster gives by default, and waits until the
    /// broker that answers knows it: another instance may have created it just now.
    ///
    /// @throws KafkaException if it cannot be created
    void create(Admin admin) throws InterruptedException {
        NewTopic topic = new NewTopic(name(), Optional.of(1), Optional.empty()).configs(CONFIG);
        try {
            KafkaFutures.await(admin.createTopics(List.of(topic)).all());
        } catch (TopicExistsException e) {
            LOG.debug("the guard topic exists", e);
        }
        awaitLeader(admin);
    }

    private void awaitLeader(Admin admin) throws InterruptedException {
        long start = System.nanoTime();
        while (!hasLeader(admin)) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new TimeoutException("topic " + name() + " has no leader");
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private boolean hasLeader(Admin admin) throws InterruptedException {
        try {
            return KafkaFutures.await(admin.describeTopics(List.of(name())).allTopicNames()).values().stream()
                    .flatMap(topic -> topic.partitions().stream())
                    .allMatch(partition -> partition.leader() != null);
        } catch (UnknownTopicOrPartitionException e) {
            return false;
        }
    }
}
