package dev.inkstream.stream.runtime;

import dev.inkstream.stream.admin.KafkaFutures;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What topics take: their `max.message.bytes`. A role that finds it before it starts accepts no record that it could
/// not write. Immutable.
///
/// @param maxMessageBytes by topic
/// @param assumed topics whose settings this user may not read; Kafka's default is taken for theirs
public record TopicLimits(Map<String, Integer> maxMessageBytes, Set<String> assumed) {
    /// Kafka's default.
    static final int DEFAULT = 1_048_588;

    private static final Logger LOG = LoggerFactory.getLogger(TopicLimits.class);

    /// What a batch has beside its one record.
    private static final int BATCH_BYTES = 256;

    public TopicLimits {
        maxMessageBytes = Map.copyOf(maxMessageBytes);
        assumed = Set.copyOf(assumed);
    }

    /// Looks at topics, and at those of an application's internal topics that exist.
    ///
    /// @throws TopicsNotReadyException if the broker that answers does not know one of the topics, as when it is new
    /// @throws KafkaException if the cluster does not answer
    public static TopicLimits of(Admin admin, Collection<String> topics, String applicationId)
            throws InterruptedException {
        Set<String> all = new HashSet<>(topics);
        KafkaFutures.await(admin.listTopics().names()).stream()
                .filter(name -> name.startsWith(applicationId + "-"))
                .forEach(all::add);
        Map<String, KafkaFuture<Config>> answers = new HashMap<>();
        admin.describeConfigs(all.stream()
                        .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                        .toList())
                .values()
                .forEach((topic, answer) -> answers.put(topic.name(), answer));
        return of(answers, topics);
    }

    /// @param answers settings of each topic
    /// @param needed those of the topics that must exist
    static TopicLimits of(Map<String, KafkaFuture<Config>> answers, Collection<String> needed)
            throws InterruptedException {
        Map<String, Integer> limits = new HashMap<>();
        Set<String> assumed = new TreeSet<>();
        for (Map.Entry<String, KafkaFuture<Config>> topic : answers.entrySet()) {
            try {
                limits.put(topic.getKey(), limit(KafkaFutures.await(topic.getValue())));
            } catch (AuthorizationException e) {
                limits.put(topic.getKey(), DEFAULT);
                assumed.add(topic.getKey());
            } catch (UnknownTopicOrPartitionException e) {
                // An internal topic may have been deleted meanwhile.
                if (needed.contains(topic.getKey())) {
                    throw new TopicsNotReadyException(
                            "there is no topic " + topic.getKey() + "; " + TopicCheck.REMEDY, true);
                }
            }
        }
        warn(assumed);
        return new TopicLimits(limits, assumed);
    }

    private static void warn(Set<String> assumed) {
        if (!assumed.isEmpty()) {
            LOG.warn(
                    "max.message.bytes of {} is hidden from this user; the role assumes {}, Kafka's default. Grant"
                            + " DESCRIBE_CONFIGS on the topics if they take larger records.",
                    String.join(", ", assumed),
                    DEFAULT);
        }
    }

    private static int limit(Config config) {
        ConfigEntry entry = config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
        return entry == null || entry.value() == null ? DEFAULT : Integer.parseInt(entry.value());
    }

    /// The largest record, key and headers among it, that a topic and all internal topics of a role take.
    public int room(String topic) {
        return Math.min(takenBy(topic), internal()) - BATCH_BYTES;
    }

    private int takenBy(String topic) {
        return maxMessageBytes.getOrDefault(topic, DEFAULT);
    }

    private int internal() {
        return maxMessageBytes.entrySet().stream()
                .filter(each ->
                        each.getKey().endsWith("-changelog") || each.getKey().endsWith("-repartition"))
                .mapToInt(Map.Entry::getValue)
                .min()
                .orElse(Integer.MAX_VALUE);
    }

    /// @param bytes of the largest record that a role must write to a topic
    /// @throws TopicsNotReadyException if the topic takes less, or if the default is less and this user may not
    ///     read what the topic takes
    public void require(String topic, int bytes) {
        if (takenBy(topic) < bytes && assumed.contains(topic)) {
            throw new TopicsNotReadyException(
                    "max.message.bytes of topic " + topic + " is hidden from this user; it must be " + bytes
                            + " or more: grant DESCRIBE_CONFIGS on the topic",
                    false);
        }
        if (takenBy(topic) < bytes) {
            throw new TopicsNotReadyException(
                    "max.message.bytes of topic " + topic + " is " + takenBy(topic) + "; it must be " + bytes
                            + " or more, or records would be refused that this role must write",
                    false);
        }
    }
}
