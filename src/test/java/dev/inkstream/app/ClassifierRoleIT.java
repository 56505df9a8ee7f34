package dev.inkstream.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.inkstream.app.cluster.KafkaSettings;
import dev.inkstream.app.role.Role;
import dev.inkstream.app.role.RoleFactory;
import dev.inkstream.classifier.ClassifierSettings;
import dev.inkstream.codec.InMemorySchemaRegistry;
import dev.inkstream.record.ImageRecord;
import dev.inkstream.record.Prediction;
import dev.inkstream.stream.ImageFormat;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Classifiers against a real broker: what they wait for, and who does what.
@ExtendWith(ClusterExtension.class)
class ClassifierRoleIT {
    private static final int IMAGES = 50;

    private final Cluster cluster;
    private final ClassifierSettings settings;
    private final Admin admin;
    private final List<String> notices = new CopyOnWriteArrayList<>();

    ClassifierRoleIT(Cluster cluster) {
        this.cluster = cluster.withTopics();
        this.settings = new ClassifierSettings(cluster.topics(), "digits", new ImageFormat(2, 2, 2));
        this.admin = Admin.create(cluster.kafka().admin());
    }

    @AfterEach
    void close() {
        admin.close();
    }

    @Test
    void takesNoImageBeforeTheFirstWeightsAndThenEachOnce() throws Exception {
        feed(0);
        // Nor does a record that is no version make it begin, or fail.
        serveRubbish();
        try (Role classifier = start()) {
            patiently().until(() -> partitions(classifier).size() == 2);
            assertThat(notices)
                    .containsExactlyInAnyOrder(
                            "classifier: waiting for the first weights of model digits on "
                                    + cluster.topics().servingWeights().name(),
                            "classifier: works on " + partitions(classifier));
            assertThat(cluster.records(cluster.topics().predictions().name())).isEmpty();
            assertThat(admin.listConsumerGroupOffsets(settings.applicationId())
                            .partitionsToOffsetAndMetadata()
                            .get())
                    .isEmpty();

            serve(0);
            awaitPredictions(IMAGES);
            assertThat(notices).contains("classifier: classifies with " + Samples.id("digits", 0));
        }
        assertThat(predictedIds()).containsExactlyInAnyOrderElementsOf(ids(IMAGES));
    }

    @Test
    void startedAgainItServesTheLastGoodVersionAndRepeatsNothing() throws Exception {
        feed(0);
        serve(0);
        try (Role classifier = start()) {
            awaitPredictions(IMAGES);
            assertThat(classifier.stopped()).isNotDone();
        }
        serve(1);
        serveRubbish();
        feed(IMAGES);
        notices.clear();
        try (Role classifier = start()) {
            awaitPredictions(2 * IMAGES);
            assertThat(classifier.stopped()).isNotDone();
        }
        assertThat(notices)
                .startsWith("classifier: classifies with " + Samples.id("digits", 1))
                .noneMatch(notice -> notice.contains("waiting"));
        assertThat(predictedIds()).containsExactlyInAnyOrderElementsOf(ids(2 * IMAGES));
        assertThat(predictions())
                .allMatch(prediction -> prediction.model().version() == (imageOf(prediction) < IMAGES ? 0 : 1));
    }

    @Test
    void aSecondInstanceTakesHalfOfThePartitionsAndGivesThemBack() throws Exception {
        serve(0);
        try (Role first = start()) {
            patiently().until(() -> partitions(first).size() == 2);
            List<TopicPartition> all = partitions(first);
            try (Role second = start()) {
                patiently()
                        .until(() -> partitions(first).size() == 1
                                && partitions(second).size() == 1);
                assertThat(Stream.concat(partitions(first).stream(), partitions(second).stream()))
                        .containsExactlyInAnyOrderElementsOf(all);
                feed(0);
                awaitPredictions(IMAGES);
            }
            patiently().until(() -> partitions(first).equals(all));
            feed(IMAGES);
            awaitPredictions(2 * IMAGES);
        }
        assertThat(predictedIds()).containsExactlyInAnyOrderElementsOf(ids(2 * IMAGES));
    }

    @Test
    void withoutATopicItIsNotReady() throws Exception {
        serve(0);
        String predictions = cluster.topics().predictions().name();
        try (Role classifier = start()) {
            patiently().until(() -> classifier.health().whyNotReady().isEmpty());
            admin.deleteTopics(List.of(predictions)).all().get();
            patiently()
                    .until(
                            classifier.health()::whyNotReady,
                            why -> why.equals(Optional.of("classifier: there is no topic " + predictions
                                    + "; create what is missing with 'inkstream topics create' and the same options for"
                                    + " cluster and prefix")));
            assertThat(classifier.health().whyNotLive()).isEmpty();
        }
    }

    private Role start() throws InterruptedException {
        // A member learns with its heartbeat that another one has come.
        KafkaSettings quick = cluster.kafka().with("main.consumer.heartbeat.interval.ms", 200);
        return new RoleFactory(quick, admin, new InMemorySchemaRegistry(), new SimpleMeterRegistry(), notices::add)
                .classifier(settings, 1, Optional.empty());
    }

    private static List<TopicPartition> partitions(Role role) {
        return role.runner().partitions();
    }

    private void awaitPredictions(int count) {
        patiently().until(() -> predictions().size() >= count);
    }

    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofMinutes(3)).pollDelay(Duration.ZERO);
    }

    /// Sends [#IMAGES] images in a transaction, so that its markers lie among them.
    private void feed(int first) {
        cluster.send(
                true,
                IntStream.range(first, first + IMAGES)
                        .mapToObj(i -> Samples.record(
                                cluster.topics().images().name(),
                                "image-" + i,
                                Cluster.SERDES.image(),
                                new ImageRecord(2, 2, new byte[] {(byte) i, 2, 3, 4}, Instant.EPOCH)))
                        .toList());
    }

    /// Without a timestamp, which a version put there by hand may lack: it serves all the same.
    private void serve(long version) {
        cluster.send(
                true,
                List.of(Samples.withoutTimestamp(Samples.record(
                        cluster.topics().servingWeights().name(),
                        "digits",
                        Cluster.SERDES.weightSnapshot(),
                        Samples.snapshot("digits", version)))));
    }

    private void serveRubbish() {
        cluster.send(
                true,
                List.of(new ProducerRecord<>(
                        cluster.topics().servingWeights().name(), "digits", new byte[] {1, 2, 3})));
    }

    private List<Prediction> predictions() {
        return cluster.committed(cluster.topics().predictions().name(), Cluster.SERDES.prediction());
    }

    private List<String> predictedIds() {
        return predictions().stream().map(Prediction::imageId).toList();
    }

    private static List<String> ids(int count) {
        return IntStream.range(0, count).mapToObj(i -> "image-" + i).toList();
    }

    private static int imageOf(Prediction prediction) {
        return Integer.parseInt(prediction.imageId().substring("image-".length()));
    }
}
