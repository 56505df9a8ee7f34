package dev.inkstream.app.bench;

import dev.inkstream.app.feed.Feeder;
import dev.inkstream.app.topics.TopicCreation;
import dev.inkstream.codec.InMemorySchemaRegistry;
import dev.inkstream.codec.SchemaRegistry;
import dev.inkstream.dataset.Images;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.Topic;
import dev.inkstream.stream.TopicSpec;
import dev.inkstream.stream.Topics;
import dev.inkstream.stream.admin.KafkaFutures;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.record.TimestampType;

/// Creates topics and writes the records that roles read.
///
/// @param registry of all schemas
record TopicFill(BenchCluster cluster, Images set, SchemaRegistry registry) {
    private static final long SHUFFLE_SEED = 1;
    private static final String IDS = "training";

    TopicFill(BenchCluster cluster, Images set) {
        this(cluster, set, new InMemorySchemaRegistry());
    }

    /// Creates those that do not exist.
    void create(Topics topics, int partitions) throws InterruptedException {
        TopicCreation.create(cluster.admin(), topics.specs(partitions), Optional.empty());
    }

    /// Creates those that do not exist. The broker gives each record of one of them the time of its append.
    void createStamping(Topic<?, ?> stamped, Topics topics, int partitions) throws InterruptedException {
        List<TopicSpec> specs = topics.specs(partitions).stream()
                .map(spec -> spec.name().equals(stamped.name())
                        ? spec.with(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, TimestampType.LOG_APPEND_TIME.toString())
                        : spec)
                .toList();
        TopicCreation.create(cluster.admin(), specs, Optional.empty());
    }

    /// All images of another set, with their labels, as holdout images.
    void holdoutImages(Topics topics, Images holdout) throws InterruptedException {
        try (Feeder feeder = feeder()) {
            feeder.labeled(
                    holdout, new Feeder.Plan(topics.holdoutImages(), "holdout", 1, null, 0), goesOnTo(Long.MAX_VALUE));
        }
        checkStop();
    }

    void images(Topics topics, long count) throws InterruptedException {
        try (Feeder feeder = feeder()) {
            feeder.images(set, plan(topics.images()), goesOnTo(count));
        }
        checkStop();
    }

    void labeledImages(Topics topics, long count) throws InterruptedException {
        try (Feeder feeder = feeder()) {
            feeder.labeled(set, plan(topics.labeledImages()), goesOnTo(count));
        }
        checkStop();
    }

    /// Labels of the images that [#images] writes.
    void labels(Topics topics, long count) throws InterruptedException {
        try (Feeder feeder = feeder()) {
            feeder.labels(sent -> set, plan(topics.labels()), Duration.ZERO, goesOnTo(count));
        }
        checkStop();
    }

    /// Predictions of a model, and their labels.
    void outcomes(Topics topics, String model, long count) throws InterruptedException {
        new ServedRecords(topics, model, set.classes(), Instant.now()).write(cluster.settings(), registry, count);
        checkStop();
    }

    /// Makes a version serve, or run as a shadow.
    ///
    /// @param key of the record
    void serve(Topics topics, String key, WeightSnapshot snapshot) throws InterruptedException {
        send(topics.servingWeights(), key, snapshot);
    }

    /// Publishes a version.
    void publish(Topics topics, WeightSnapshot snapshot) throws InterruptedException {
        send(topics.weightSnapshots(), snapshot.id().model(), snapshot);
    }

    private void send(Topic<String, WeightSnapshot> topic, String key, WeightSnapshot snapshot)
            throws InterruptedException {
        try (Producer<String, WeightSnapshot> producer = WeightsProducer.open(cluster.settings(), registry, topic)) {
            KafkaFutures.await(producer.send(new ProducerRecord<>(topic.name(), key, snapshot)));
        }
    }

    /// Deletes the records of a topic, so that one measurement leaves nothing to the next.
    void empty(Topic<?, ?> topic) throws InterruptedException {
        Admin admin = cluster.admin();
        Map<TopicPartition, RecordsToDelete> all =
                KafkaFutures.await(admin.describeTopics(List.of(topic.name())).allTopicNames()).values().stream()
                        .flatMap(found -> found.partitions().stream())
                        .collect(Collectors.toMap(
                                each -> new TopicPartition(topic.name(), each.partition()),
                                each -> RecordsToDelete.beforeOffset(-1)));
        KafkaFutures.await(admin.deleteRecords(all).all());
    }

    /// Deletes topics.
    void delete(Topics topics) throws InterruptedException {
        delete(topics.all().stream().<String>map(Topic::name).toList());
    }

    /// Deletes the changelogs and repartition topics of an application.
    ///
    /// @param group its application id
    void deleteInternal(String group) throws InterruptedException {
        delete(InternalTopics.of(
                group, KafkaFutures.await(cluster.admin().listTopics().names())));
    }

    private void delete(List<String> names) throws InterruptedException {
        KafkaFutures.await(cluster.admin().deleteTopics(names).all());
    }

    private Feeder feeder() {
        return new Feeder(cluster.settings(), registry, InstantSource.system());
    }

    private static Feeder.Plan plan(Topic<String, ?> topic) {
        return new Feeder.Plan(topic, IDS, 0, SHUFFLE_SEED, 0);
    }

    private LongPredicate goesOnTo(long count) {
        return sent -> sent < count && !cluster.stop().isRequested();
    }

    private void checkStop() throws InterruptedException {
        if (cluster.stop().isRequested()) {
            throw new InterruptedException("stopped while it was filling topics");
        }
    }
}
