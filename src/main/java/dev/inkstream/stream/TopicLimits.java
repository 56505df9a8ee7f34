package dev.inkstream.stream;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// What topics take: their `max.message.bytes`. A role that finds it before it starts accepts no record that it could
/// not write. Immutable.
///
/// @param maxMessageBytes by topic
public record TopicLimits(Map<String, Integer> maxMessageBytes) {
    /// Of a topic that may not be looked at: Kafka's default.
    static final int DEFAULT = 1_048_588;

    /// What a batch has beside its one record.
    private static final int BATCH_BYTES = 256;

    public TopicLimits {
        maxMessageBytes = Map.copyOf(maxMessageBytes);
    }

    /// Looks at topics, and at those of an application's internal topics that exist.
    ///
    /// @throws KafkaException if the cluster does not answer
    public static TopicLimits of(Admin admin, Collection<String> topics, String applicationId)
            throws InterruptedException {
        List<String> all = new ArrayList<>(topics);
        await(admin.listTopics().names()).stream()
                .filter(name -> name.startsWith(applicationId + "-"))
                .forEach(all::add);
        Map<String, Integer> limits = new HashMap<>();
        for (Map.Entry<ConfigResource, KafkaFuture<Config>> topic : admin.describeConfigs(all.stream()
                        .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                        .toList())
                .values()
                .entrySet()) {
            limits.put(topic.getKey().name(), limit(topic.getValue()));
        }
        return new TopicLimits(limits);
    }

    private static int limit(KafkaFuture<Config> topic) throws InterruptedException {
        try {
            ConfigEntry entry = await(topic).get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
            return entry == null || entry.value() == null ? DEFAULT : Integer.parseInt(entry.value());
        } catch (AuthorizationException | UnknownTopicOrPartitionException e) {
            return DEFAULT;
        }
    }

    private static <T> T await(KafkaFuture<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException kafka ? kafka : new KafkaException(e.getCause());
        }
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
    /// @throws TopicsNotReadyException if the topic takes less
    public void require(String topic, int bytes) {
        if (takenBy(topic) < bytes) {
            throw new TopicsNotReadyException(
                    "max.message.bytes of topic " + topic + " is " + takenBy(topic) + "; it must be " + bytes
                            + " or more, or records would be refused that this role must write",
                    false);
        }
    }
}
