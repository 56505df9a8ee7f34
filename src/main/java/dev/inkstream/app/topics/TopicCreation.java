package dev.inkstream.app.topics;

import dev.inkstream.stream.TopicSpec;
import dev.inkstream.stream.admin.KafkaFutures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Creates topics, and leaves those that are there as they are.
public final class TopicCreation {
    private static final Logger LOG = LoggerFactory.getLogger(TopicCreation.class);
    private static final String MAX_DECOMPRESSED = TopicConfig.MAX_DECOMPRESSED_MESSAGE_BYTES_CONFIG;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private TopicCreation() {}

    /// @param replicationFactor empty for the cluster's own default
    /// @return the names of the topics that were created; by now the broker that answers knows them, others may not
    /// @throws KafkaException if one could not be
    public static List<String> create(Admin admin, List<TopicSpec> specs, Optional<Short> replicationFactor)
            throws InterruptedException {
        List<String> created = create(admin, specs, replicationFactor, new CreateTopicsOptions());
        awaitKnown(admin, created);
        return created;
    }

    /// Has the cluster check whether it would create the topics, and creates none.
    ///
    /// @return the names of the topics that would be created
    /// @throws KafkaException if one could not be
    static List<String> tryOut(Admin admin, List<TopicSpec> specs, Optional<Short> replicationFactor)
            throws InterruptedException {
        return create(admin, specs, replicationFactor, new CreateTopicsOptions().validateOnly(true));
    }

    /// createTopics returns before every broker has the metadata; wait until one has. What uses a topic next may ask
    /// another broker, so it asks again if that one does not know the topic.
    private static void awaitKnown(Admin admin, List<String> topics) throws InterruptedException {
        long start = System.nanoTime();
        while (!areKnown(admin, topics) && System.nanoTime() - start < PATIENCE.toNanos()) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static boolean areKnown(Admin admin, List<String> topics) throws InterruptedException {
        try {
            return KafkaFutures.await(admin.describeTopics(topics).allTopicNames()).values().stream()
                    .flatMap(topic -> topic.partitions().stream())
                    .allMatch(partition -> partition.leader() != null);
        } catch (UnknownTopicOrPartitionException e) {
            return false;
        }
    }

    /// Kafka before 4.4 does not know the bound of a decompressed record; the roles have their own.
    private static List<String> create(
            Admin admin, List<TopicSpec> specs, Optional<Short> replicationFactor, CreateTopicsOptions options)
            throws InterruptedException {
        try {
            return createAsTheyAre(admin, specs, replicationFactor, options);
        } catch (InvalidConfigurationException e) {
            if (!String.valueOf(e.getMessage()).contains(MAX_DECOMPRESSED)) {
                throw e;
            }
            LOG.info("brokers do not know {}, so topics are created without it", MAX_DECOMPRESSED);
            List<TopicSpec> older =
                    specs.stream().map(spec -> spec.without(MAX_DECOMPRESSED)).toList();
            return createAsTheyAre(admin, older, replicationFactor, options);
        }
    }

    private static List<String> createAsTheyAre(
            Admin admin, List<TopicSpec> specs, Optional<Short> replicationFactor, CreateTopicsOptions options)
            throws InterruptedException {
        List<NewTopic> topics = specs.stream()
                .map(spec -> new NewTopic(spec.name(), Optional.of(spec.partitions()), replicationFactor)
                        .configs(spec.config()))
                .toList();
        List<String> created = new ArrayList<>();
        for (Map.Entry<String, KafkaFuture<Void>> topic :
                admin.createTopics(topics, options).values().entrySet()) {
            try {
                KafkaFutures.await(topic.getValue());
                created.add(topic.getKey());
            } catch (TopicExistsException e) {
                // It is left as it is.
            }
        }
        created.sort(null);
        return created;
    }
}
