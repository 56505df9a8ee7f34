package dev.inkstream.app.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.inkstream.app.cluster.KafkaSettings;
import dev.inkstream.app.feed.Feeder;
import dev.inkstream.app.topics.TopicCreation;
import dev.inkstream.classifier.ClassifierSettings;
import dev.inkstream.codec.AvroSerdes;
import dev.inkstream.codec.InMemorySchemaRegistry;
import dev.inkstream.dataset.DrawnDigits;
import dev.inkstream.dataset.Images;
import dev.inkstream.evaluator.DecisionRules;
import dev.inkstream.evaluator.EvaluatorSettings;
import dev.inkstream.evaluator.PromotionPolicy;
import dev.inkstream.labeler.LabelerSettings;
import dev.inkstream.live.LiveSettings;
import dev.inkstream.network.NetworkShape;
import dev.inkstream.network.Preset;
import dev.inkstream.network.TrainingConfig;
import dev.inkstream.record.Evaluation;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.Prediction;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.ImageFormat;
import dev.inkstream.stream.Topic;
import dev.inkstream.stream.Topics;
import dev.inkstream.trainer.TrainerSettings;
import dev.inkstream.trainer.Training;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.kafka.KafkaContainer;

/// All roles against Kafka as it is deployed, in a container: labeled images, images and their labels in; versions,
/// evaluations, predictions and live accuracy out. Skipped where no Docker engine answers.
@Testcontainers(disabledWithoutDocker = true)
final class KafkaContainerIT {
    private static final TrainingConfig CONFIG = Preset.MODERN.config(NetworkShape.of(784, 30, 10));
    private static final ImageFormat FORMAT = new ImageFormat(28, 28, 10);
    private static final int LABELED = 3_000;
    private static final int HOLDOUT = 500;
    private static final int IMAGES = 400;
    private static final int SNAPSHOT_EVERY = 25;
    /// Of what comes with labels, and of what the labeler adds to it.
    private static final int FIRST_VERSIONS = 1 + LABELED / CONFIG.miniBatchSize() / SNAPSHOT_EVERY;
    private static final int LAST_VERSION = (LABELED + IMAGES) / CONFIG.miniBatchSize() / SNAPSHOT_EVERY;
    private static final String STREAM = "stream";
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @Container
    private static final KafkaContainer KAFKA = new KafkaContainer(image());

    private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
    private final AvroSerdes serdes = new AvroSerdes(registry);
    private final Topics topics = new Topics("container.");
    private final KafkaSettings kafka = KafkaSettings.at(KAFKA.getBootstrapServers());

    /// The image that docker-compose.yml runs.
    private static String image() {
        try {
            Matcher image = Pattern.compile("image: (apache/kafka:\\S+)")
                    .matcher(Files.readString(Path.of("docker-compose.yml")));
            assertThat(image.find()).isTrue();
            return image.group(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void imagesAndLabelsBecomeVersionsEvaluationsAndPredictions() throws Exception {
        try (Admin admin = Admin.create(kafka.admin())) {
            TopicCreation.create(admin, topics.specs(2), Optional.empty());
            feedHoldout();
            RoleFactory roles = new RoleFactory(kafka, admin, registry, new SimpleMeterRegistry(), line -> {});
            try (Role trainer = trainer(roles);
                    Role evaluator = evaluator(roles);
                    Role classifier = classifier(roles);
                    Role labeler = labeler(roles)) {
                feedLabeledImages();
                awaitRecords(topics.evaluations().name(), FIRST_VERSIONS);
                feedImages();
                awaitRecords(topics.predictions().name(), IMAGES);
                feedLabels(STREAM, IMAGES);
                awaitRecords(topics.labeledImages().name(), LABELED + IMAGES);
                awaitRecords(topics.evaluations().name(), LAST_VERSION + 1);
                awaitOutcomes();
                assertThat(List.of(trainer, evaluator, classifier, labeler))
                        .noneMatch(role -> role.stopped().isDone());
            }
        }
        assertVersions();
        assertLiveAccuracy(assertPredictions());
        assertThat(CommittedRecords.of(kafka, topics.deadLetters().name())).isEmpty();
    }

    private void assertVersions() {
        List<ModelVersion> published = values(topics.weightSnapshots().name(), serdes.weightSnapshot()).stream()
                .map(WeightSnapshot::id)
                .toList();
        assertThat(published)
                .extracting(ModelVersion::version)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(0, LAST_VERSION).boxed().toList());

        List<Evaluation> evaluations = values(topics.evaluations().name(), serdes.evaluation());
        assertThat(evaluations).extracting(Evaluation::id).containsExactlyElementsOf(published);
        assertThat(evaluations).allMatch(evaluation -> evaluation.confusion().examples() == HOLDOUT);
        // It has learned something: drawn digits guessed at random are right one time in ten.
        assertThat(evaluations.getLast().accuracy()).isGreaterThan(0.5);
    }

    /// How many were right.
    private long assertPredictions() {
        List<Prediction> predictions = values(topics.predictions().name(), serdes.prediction());
        assertThat(predictions)
                .extracting(Prediction::imageId)
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, IMAGES)
                        .mapToObj(i -> STREAM + "-" + i)
                        .toList());
        Images images = stream();
        long right = predictions.stream()
                .filter(prediction -> prediction.label() == images.label(index(prediction)))
                .count();
        assertThat(right).isGreaterThan(IMAGES / 2);
        return right;
    }

    /// Each label has met the prediction of its image, and each image its label.
    private void assertLiveAccuracy(long right) {
        assertThat(values(topics.liveEvaluations().name(), serdes.liveEvaluation()))
                .allMatch(live -> live.unmatched().duplicateLabels() == 0)
                .extracting(live -> live.confusion().correct())
                .satisfies(correct -> assertThat(
                                correct.stream().mapToLong(Long::longValue).sum())
                        .isEqualTo(right));
        List<LabeledImage> joined =
                values(topics.labeledImages().name(), serdes.labeledImage()).subList(LABELED, LABELED + IMAGES);
        assertThat(joined.stream().map(KafkaContainerIT::content))
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, IMAGES)
                        .mapToObj(i -> content(stream().pixels(i), stream().label(i)))
                        .toList());
    }

    private static String content(LabeledImage image) {
        return content(image.image().pixels().bytes(), image.label());
    }

    private static String content(byte[] pixels, int label) {
        return Arrays.hashCode(pixels) + " is " + label;
    }

    private static int index(Prediction prediction) {
        return Integer.parseInt(prediction.imageId().substring((STREAM + "-").length()));
    }

    private Role trainer(RoleFactory roles) throws InterruptedException {
        Training.Settings training =
                new Training.Settings("digits", Preset.MODERN.config(NetworkShape.of(784, 30, 10)), 1, SNAPSHOT_EVERY);
        return roles.trainer(new TrainerSettings(topics, training, FORMAT), Optional.of("trainer"));
    }

    private Role evaluator(RoleFactory roles) throws InterruptedException {
        EvaluatorSettings evaluator = new EvaluatorSettings(
                topics,
                "digits",
                FORMAT,
                DecisionRules.of(PromotionPolicy.ALWAYS),
                LiveSettings.DEFAULT.withTimes(Duration.ofMillis(500), Duration.ZERO));
        return roles.evaluator(evaluator, 1, Optional.of("evaluator"));
    }

    private Role classifier(RoleFactory roles) throws InterruptedException {
        return roles.classifier(new ClassifierSettings(topics, "digits", FORMAT), 2, Optional.empty());
    }

    private Role labeler(RoleFactory roles) throws InterruptedException {
        return roles.labeler(new LabelerSettings(topics, Duration.ofMinutes(5), 10_000_000, 2), 1, Optional.empty());
    }

    private void feedHoldout() {
        try (Feeder feeder = feeder()) {
            feeder.labeled(holdout(), plan(topics.holdoutImages(), "holdout"), sent -> true);
        }
    }

    private void feedLabeledImages() {
        try (Feeder feeder = feeder()) {
            feeder.labeled(DrawnDigits.images(1, 0, LABELED), plan(topics.labeledImages(), "training"), sent -> true);
        }
    }

    private void feedImages() {
        try (Feeder feeder = feeder()) {
            feeder.images(stream(), plan(topics.images(), STREAM), sent -> true);
        }
    }

    private void feedLabels(String set, int count) {
        try (Feeder feeder = feeder()) {
            feeder.labels(sent -> stream(), plan(topics.labels(), set), Duration.ZERO, sent -> sent < count);
        }
    }

    /// The evaluator publishes a window when later records arrive in each partition of the join: here the labels of
    /// images that are never predicted.
    private void awaitOutcomes() {
        await().atMost(PATIENCE).until(() -> {
            feedLabels("never", 32);
            return values(topics.liveEvaluations().name(), serdes.liveEvaluation()).stream()
                            .mapToLong(live -> live.confusion().examples())
                            .sum()
                    >= IMAGES;
        });
    }

    private Feeder feeder() {
        return new Feeder(kafka, registry, InstantSource.system());
    }

    private static Feeder.Plan plan(Topic<String, ?> topic, String set) {
        return new Feeder.Plan(topic, set, 1, null, 0);
    }

    private static Images holdout() {
        return DrawnDigits.images(1, LABELED, HOLDOUT);
    }

    private static Images stream() {
        return DrawnDigits.images(1, LABELED + HOLDOUT, IMAGES);
    }

    private void awaitRecords(String topic, int count) {
        await().atMost(PATIENCE).until(() -> CommittedRecords.of(kafka, topic).size() >= count);
    }

    private <T> List<T> values(String topic, Serde<T> serde) {
        return CommittedRecords.of(kafka, topic).stream()
                .map(record -> serde.deserializer().deserialize(topic, record.value()))
                .toList();
    }
}
