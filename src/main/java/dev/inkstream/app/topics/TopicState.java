package dev.inkstream.app.topics;

import dev.inkstream.stream.admin.KafkaFutures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// A topic of the cluster. Immutable.
///
/// @param config those of its settings that [#JUDGED] names, its own or the broker's
record TopicState(String name, int partitions, Map<String, String> config) {
    /// Settings that decide whether records are lost.
    static final List<String> JUDGED = List.of(
            TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.RETENTION_MS_CONFIG, TopicConfig.RETENTION_BYTES_CONFIG);

    /// How often the cluster is asked while one broker knows a topic and another does not, and the time between.
    private static final int TRIES = 100;

    private static final Duration PAUSE = Duration.ofMillis(100);

    TopicState {
        config = Map.copyOf(config);
    }

    String cleanupPolicy() {
        return config.getOrDefault(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
    }

    /// Those of the topics that exist, by name.
    ///
    /// @throws KafkaException if the cluster does not answer
    static Map<String, TopicState> existing(Admin admin, List<String> names) throws InterruptedException {
        for (int i = 1; i < TRIES; i++) {
            try {
                return look(admin, names);
            } catch (UnknownTopicOrPartitionException e) {
                // A topic is new, and not every broker has heard of it; or it was deleted meanwhile.
                TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
            }
        }
        return look(admin, names);
    }

    private static Map<String, TopicState> look(Admin admin, List<String> names) throws InterruptedException {
        Map<String, Integer> partitions = partitions(admin, names);
        List<ConfigResource> resources = partitions.keySet().stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        Map<String, TopicState> existing = new HashMap<>();
        for (Map.Entry<ConfigResource, Config> topic :
                KafkaFutures.await(admin.describeConfigs(resources).all()).entrySet()) {
            String name = topic.getKey().name();
            Map<String, String> config = new HashMap<>();
            JUDGED.forEach(
                    setting -> config.put(setting, topic.getValue().get(setting).value()));
            existing.put(name, new TopicState(name, partitions.getOrDefault(name, 0), config));
        }
        return existing;
    }

    private static Map<String, Integer> partitions(Admin admin, List<String> names) throws InterruptedException {
        Map<String, Integer> partitions = new HashMap<>();
        for (Map.Entry<String, KafkaFuture<TopicDescription>> topic :
                admin.describeTopics(names).topicNameValues().entrySet()) {
            try {
                partitions.put(
                        topic.getKey(),
                        KafkaFutures.await(topic.getValue()).partitions().size());
            } catch (UnknownTopicOrPartitionException e) {
                // It is not among those that exist.
            }
        }
        return partitions;
    }

    /// How many offsets lie between the first and the last record of each topic. Transactions' markers count
    /// among them, and so do records that compaction has removed.
    static Map<String, Long> offsets(Admin admin, Collection<TopicState> topics) throws InterruptedException {
        Map<String, Long> offsets = new HashMap<>();
        offsets(admin, topics, OffsetSpec.latest())
                .forEach((partition, end) -> offsets.merge(partition.topic(), end.offset(), Long::sum));
        offsets(admin, topics, OffsetSpec.earliest())
                .forEach((partition, begin) -> offsets.merge(partition.topic(), -begin.offset(), Long::sum));
        return offsets;
    }

    private static Map<TopicPartition, ListOffsetsResultInfo> offsets(
            Admin admin, Collection<TopicState> topics, OffsetSpec which) throws InterruptedException {
        List<TopicPartition> partitions = new ArrayList<>();
        for (TopicState topic : topics) {
            for (int i = 0; i < topic.partitions(); i++) {
                partitions.add(new TopicPartition(topic.name(), i));
            }
        }
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        partitions.forEach(partition -> asked.put(partition, which));
        return KafkaFutures.await(admin.listOffsets(asked).all());
    }
}
