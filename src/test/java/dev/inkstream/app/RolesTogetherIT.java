package dev.inkstream.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.inkstream.app.console.BuildVersion;
import dev.inkstream.app.role.Role;
import dev.inkstream.app.role.RoleFactory;
import dev.inkstream.classifier.ClassifierSettings;
import dev.inkstream.codec.InMemorySchemaRegistry;
import dev.inkstream.evaluator.DecisionRules;
import dev.inkstream.evaluator.EvaluatorSettings;
import dev.inkstream.evaluator.PromotionPolicy;
import dev.inkstream.network.Network;
import dev.inkstream.network.NetworkShape;
import dev.inkstream.network.Preset;
import dev.inkstream.network.Workspace;
import dev.inkstream.record.Evaluation;
import dev.inkstream.record.ImageRecord;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.record.Prediction;
import dev.inkstream.record.Publisher;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.ImageFormat;
import dev.inkstream.stream.Snapshots;
import dev.inkstream.stream.intake.DeadLetterHeaders;
import dev.inkstream.trainer.TrainerSettings;
import dev.inkstream.trainer.Training;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The three roles in one process against a real broker, stopped and started again halfway, with bad records in between
/// on every topic they read. What comes out is held, record by record, against plain loops over what went in.
@ExtendWith(ClusterExtension.class)
class RolesTogetherIT {
    private static final ImageFormat FORMAT = new ImageFormat(4, 4, 3);
    private static final int HALF = 100;
    private static final int HOLDOUT = 30;
    private static final String MODEL = "digits";

    /// A version every 32 examples, so that each half ends within an open mini-batch.
    private static final Training.Settings TRAINING =
            new Training.Settings(MODEL, Preset.MODERN.config(NetworkShape.of(16, 5, 3)), 1, 2);

    private final Cluster cluster;
    private final List<String> notices = new CopyOnWriteArrayList<>();

    RolesTogetherIT(Cluster cluster) {
        this.cluster = cluster.withTopics();
    }

    @Test
    void everyRecordHasExactlyOneOutcomeAcrossARestart() throws Exception {
        feedHoldout();
        try (Admin admin = Admin.create(cluster.kafka().admin())) {
            for (int half = 1; half <= 2; half++) {
                feedLabeled((half - 1) * HALF);
                feedImages((half - 1) * HALF);
                runUntil(admin, half * HALF);
            }
        }

        List<WeightSnapshot> versions = plainLoop();
        assertThat(versions).hasSize(1 + 2 * HALF / 32);
        assertThat(snapshots()).containsExactlyElementsOf(versions);
        assertThat(cluster.committed(cluster.topics().servingWeights().name(), Cluster.SERDES.weightSnapshot()))
                .containsExactlyElementsOf(versions);
        checkEvaluations(versions);
        checkPredictions(versions);
        checkDeadLetters();
    }

    private void runUntil(Admin admin, int records) throws InterruptedException {
        RoleFactory roles = new RoleFactory(
                cluster.kafka(), admin, new InMemorySchemaRegistry(), new SimpleMeterRegistry(), notices::add);
        var topics = cluster.topics();
        try (Role trainer = roles.trainer(new TrainerSettings(topics, TRAINING, FORMAT), Optional.of("trainer"));
                Role evaluator = roles.evaluator(
                        new EvaluatorSettings(topics, MODEL, FORMAT, DecisionRules.of(PromotionPolicy.ALWAYS)),
                        1,
                        Optional.of("evaluator"));
                Role classifier =
                        roles.classifier(new ClassifierSettings(topics, MODEL, FORMAT), 1, Optional.empty())) {
            await().atMost(Duration.ofMinutes(3)).until(() -> {
                Stream.of(trainer, evaluator, classifier).forEach(Role::rethrow);
                return cluster.committed(topics.evaluations().name()).size() > records / 32
                        && cluster.committed(topics.predictions().name()).size() >= records
                        && cluster.committed(topics.deadLetters().name()).size()
                                >= badRecords().size();
            });
        }
    }

    /// The versions that the labeled images give, fed to [Training] one after the other.
    private List<WeightSnapshot> plainLoop() {
        Training training = Training.start(TRAINING);
        List<WeightSnapshot> versions = new ArrayList<>(List.of(training.snapshot()));
        for (ConsumerRecord<byte[], byte[]> record :
                cluster.committed(cluster.topics().labeledImages().name())) {
            if (isGood(record)
                    && training.train(
                            record.offset(),
                            Cluster.SERDES.labeledImage().deserializer().deserialize("any", record.value()))) {
                versions.add(training.snapshot());
            }
        }
        Publisher publisher = new Publisher("trainer", "trainer", BuildVersion.name());
        return versions.stream()
                .map(version -> version.with(version.provenance().publishedBy(publisher)))
                .toList();
    }

    private void checkEvaluations(List<WeightSnapshot> versions) {
        List<Evaluation> evaluations =
                cluster.committed(cluster.topics().evaluations().name(), Cluster.SERDES.evaluation());
        assertThat(evaluations)
                .extracting(Evaluation::id)
                .containsExactlyElementsOf(
                        versions.stream().map(WeightSnapshot::id).toList());
        assertThat(evaluations)
                .allMatch(evaluation ->
                        evaluation.promoted() && evaluation.confusion().examples() == HOLDOUT);
    }

    /// One for each good image, and the same to the bit when it is computed again from what it names.
    private void checkPredictions(List<WeightSnapshot> versions) {
        List<Prediction> predictions =
                cluster.committed(cluster.topics().predictions().name(), Cluster.SERDES.prediction());
        List<Prediction> expected = new ArrayList<>();
        List<ConsumerRecord<byte[], byte[]>> images = cluster
                .committed(cluster.topics().images().name())
                .stream()
                .filter(RolesTogetherIT::isGood)
                .toList();
        for (ConsumerRecord<byte[], byte[]> image : images) {
            Prediction.Position position = new Prediction.Position(image.partition(), image.offset());
            int version = predictions.stream()
                    .filter(prediction -> prediction.image().equals(position))
                    .mapToInt(prediction -> (int) prediction.model().version())
                    .findFirst()
                    .orElseThrow();
            expected.add(prediction(image, position, versions.get(version)));
        }
        assertThat(expected).hasSize(2 * HALF);
        assertThat(predictions).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static Prediction prediction(
            ConsumerRecord<byte[], byte[]> record, Prediction.Position position, WeightSnapshot version) {
        ImageRecord image = Cluster.SERDES.image().deserializer().deserialize("any", record.value());
        Network network = Snapshots.network(version, FORMAT);
        Workspace workspace = network.newWorkspace();
        int label = network.classify(image.pixels().bytes(), workspace);
        return new Prediction(
                new String(record.key(), StandardCharsets.UTF_8),
                label,
                workspace.outputs(),
                version.id(),
                position,
                image.capturedAt());
    }

    private void checkDeadLetters() {
        List<ConsumerRecord<byte[], byte[]>> bad = badRecords();
        // Of each half: seven labeled images and five images; and four holdout images.
        assertThat(bad).hasSize(2 * 7 + 2 * 5 + 4);
        List<ConsumerRecord<byte[], byte[]>> letters =
                cluster.committed(cluster.topics().deadLetters().name());
        assertThat(letters)
                .extracting(letter -> header(letter, DeadLetterHeaders.TOPIC) + " "
                        + header(letter, DeadLetterHeaders.PARTITION) + " " + header(letter, DeadLetterHeaders.OFFSET))
                .containsExactlyInAnyOrderElementsOf(bad.stream()
                        .map(record -> record.topic() + " " + record.partition() + " " + record.offset())
                        .toList());
        assertThat(letters.stream().map(ConsumerRecord::value).toList())
                .containsExactlyInAnyOrderElementsOf(
                        bad.stream().map(ConsumerRecord::value).toList());
        assertThat(letters)
                .extracting(letter -> header(letter, DeadLetterHeaders.REASON))
                .contains(
                        "NULL_KEY",
                        "BAD_TIMESTAMP",
                        "NULL_VALUE",
                        "UNDECODABLE",
                        "UNKNOWN_SCHEMA",
                        "IMAGE_SIZE",
                        "LABEL_RANGE");
        assertThat(letters).allMatch(letter -> letter.timestamp() > 0);
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private List<ConsumerRecord<byte[], byte[]>> badRecords() {
        var topics = cluster.topics();
        return Stream.of(
                        topics.holdoutImages().name(),
                        topics.labeledImages().name(),
                        topics.images().name())
                .flatMap(topic -> cluster.committed(topic).stream())
                .filter(record -> !isGood(record))
                .toList();
    }

    private static boolean isGood(ConsumerRecord<byte[], byte[]> record) {
        return record.key() != null && new String(record.key(), StandardCharsets.UTF_8).startsWith("good-");
    }

    private List<WeightSnapshot> snapshots() {
        return cluster.committed(cluster.topics().weightSnapshots().name(), Cluster.SERDES.weightSnapshot());
    }

    private void feedHoldout() {
        String topic = cluster.topics().holdoutImages().name();
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
        for (int i = 0; i < HOLDOUT; i++) {
            records.add(Samples.record(topic, "good-" + i, Cluster.SERDES.labeledImage(), labeled(10_000 + i, 4)));
        }
        records.add(7, badLabel(topic));
        records.add(11, badSize(topic));
        records.add(13, rubbish(topic));
        records.add(untimed(Samples.record(topic, "bad", Cluster.SERDES.labeledImage(), labeled(1, 4))));
        cluster.send(true, records);
    }

    private void feedLabeled(int first) {
        String topic = cluster.topics().labeledImages().name();
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
        for (int i = first; i < first + HALF; i++) {
            records.add(Samples.record(topic, "good-" + i, Cluster.SERDES.labeledImage(), labeled(i, 4)));
        }
        // The first record there is, neighbours, one within the last mini-batch, and the last.
        records.add(0, rubbish(topic));
        records.add(40, badLabel(topic));
        records.add(41, badSize(topic));
        records.add(42, new ProducerRecord<>(topic, null, records.get(1).value()));
        records.add(43, untimed(Samples.record(topic, "bad", Cluster.SERDES.labeledImage(), labeled(1, 4))));
        records.add(HALF + 3, new ProducerRecord<>(topic, "bad", null));
        records.add(unknownSchema(topic));
        cluster.send(true, records);
    }

    private void feedImages(int first) {
        String topic = cluster.topics().images().name();
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
        for (int i = first; i < first + HALF; i++) {
            records.add(Samples.record(
                    topic,
                    "good-" + i,
                    Cluster.SERDES.image(),
                    labeled(20_000 + i, 4).image()));
        }
        records.add(0, new ProducerRecord<>(topic, "bad", null));
        records.add(50, rubbish(topic));
        records.add(70, badSize(topic));
        records.add(
                71,
                untimed(Samples.record(
                        topic, "bad", Cluster.SERDES.image(), labeled(1, 4).image())));
        records.add(unknownSchema(topic));
        cluster.send(true, records);
    }

    private static ProducerRecord<String, byte[]> rubbish(String topic) {
        return new ProducerRecord<>(topic, "bad", new byte[] {1, 2, 3});
    }

    private static ProducerRecord<String, byte[]> untimed(ProducerRecord<String, byte[]> good) {
        return Samples.withoutTimestamp(good);
    }

    private static ProducerRecord<String, byte[]> unknownSchema(String topic) {
        return new ProducerRecord<>(topic, "bad", new byte[] {0, 0, 0, 0, 77, 1, 2});
    }

    private static ProducerRecord<String, byte[]> badSize(String topic) {
        LabeledImage small = labeled(0, 3);
        return topic.endsWith("labeled-images") || topic.endsWith("holdout-images")
                ? Samples.record(topic, "bad", Cluster.SERDES.labeledImage(), small)
                : Samples.record(topic, "bad", Cluster.SERDES.image(), small.image());
    }

    private static ProducerRecord<String, byte[]> badLabel(String topic) {
        LabeledImage good = labeled(0, 4);
        return Samples.record(
                topic, "bad", Cluster.SERDES.labeledImage(), new LabeledImage(good.image(), FORMAT.classes()));
    }

    private static LabeledImage labeled(long number, int side) {
        Random random = new Random(number);
        byte[] pixels = new byte[side * side];
        random.nextBytes(pixels);
        return new LabeledImage(
                new ImageRecord(side, side, pixels, Instant.ofEpochMilli(number)), random.nextInt(FORMAT.classes()));
    }
}
