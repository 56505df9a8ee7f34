package dev.inkstream.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.inkstream.app.role.Role;
import dev.inkstream.app.role.RoleFactory;
import dev.inkstream.codec.InMemorySchemaRegistry;
import dev.inkstream.evaluator.DecisionRules;
import dev.inkstream.evaluator.EvaluatorSettings;
import dev.inkstream.evaluator.PromotionPolicy;
import dev.inkstream.labeler.LabelerSettings;
import dev.inkstream.live.LiveSettings;
import dev.inkstream.network.NetworkShape;
import dev.inkstream.network.Preset;
import dev.inkstream.record.ImageRecord;
import dev.inkstream.record.Label;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.Prediction;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.ImageFormat;
import dev.inkstream.trainer.Training;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Producers whose clocks are wrong, on a real broker. Neither join waits for the other source's clock.
@ExtendWith(ClusterExtension.class)
class SourceClocksIT {
    private static final Duration AHEAD = Duration.ofMinutes(58);
    private static final Duration BEHIND = Duration.ofHours(2);
    private static final int ROUNDS = 10;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String MODEL = "digits";

    /// Longer than the clocks are apart: what is further apart is late, as it should be.
    private static final Duration WINDOW = Duration.ofHours(3);

    private static final LiveSettings LIVE =
            new LiveSettings(WINDOW, Duration.ofMinutes(1), 128_000_000, 0.0002, Duration.ofSeconds(10), 4);
    private static final ImageFormat FORMAT = new ImageFormat(2, 2, 2);
    private static final ImageRecord IMAGE = new ImageRecord(2, 2, new byte[] {1, 2, 3, 4}, Instant.EPOCH);
    private static final Training.Settings TRAINING =
            new Training.Settings(MODEL, Preset.MODERN.config(NetworkShape.of(4, 3, 2)), 1, 2);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Cluster cluster;

    SourceClocksIT(Cluster cluster) {
        this.cluster = cluster.withTopics();
    }

    @Test
    void aLabelFromAnEarlyClockStopsNoJoinOfTheLabeler() throws Exception {
        try (Admin admin = Admin.create(cluster.kafka().admin());
                Role labeler = labeler(admin)) {
            cluster.send(true, List.of(label("early", AHEAD)));
            joinsAll(labeler, Duration.ZERO);
            cluster.send(true, List.of(image("early", Duration.ZERO)));
            awaitJoined(labeler, ROUNDS + 1);
            assertThat(cluster.committed(cluster.topics().deadLetters().name())).isEmpty();
        }
    }

    @Test
    void imagesFromALateClockStopNoJoinOfTheLabeler() throws Exception {
        try (Admin admin = Admin.create(cluster.kafka().admin());
                Role labeler = labeler(admin)) {
            joinsAll(labeler, BEHIND);
        }
    }

    /// Neither what runs ahead of the clock nor what is behind it.
    @Test
    void aVersionIsScoredOnAllHoldoutImagesWhateverTheClocksSay() throws Exception {
        int images = 3_000;
        cluster.send(
                true,
                IntStream.range(0, images)
                        .mapToObj(i -> holdout("id-" + i, i % 2 == 0 ? AHEAD : BEHIND.negated()))
                        .toList());
        cluster.send(true, List.of(snapshot(0, BEHIND.negated())));
        try (Admin admin = Admin.create(cluster.kafka().admin());
                Role evaluator = evaluator(admin)) {
            awaitScores(evaluator, 1);
            keepBusy(i -> holdout("id-" + i % images, BEHIND.negated()), () -> {
                send(List.of(snapshot(1, AHEAD), snapshot(2, Duration.ZERO)));
                awaitScores(evaluator, 3);
            });
            assertThat(cluster.committed(cluster.topics().evaluations().name(), Cluster.SERDES.evaluation()))
                    .extracting(evaluation -> evaluation.confusion().examples())
                    .containsExactly((long) images, (long) images, (long) images);
            assertThat(cluster.committed(cluster.topics().deadLetters().name())).isEmpty();
        }
    }

    @Test
    void anEarlyLabelAndALatePredictionStopNoLiveOutcome() throws Exception {
        try (Admin admin = Admin.create(cluster.kafka().admin());
                Role evaluator = evaluator(admin)) {
            cluster.send(true, List.of(label("early", AHEAD)));
            keepBusy(i -> prediction("other-" + i, BEHIND.negated()), () -> {
                for (int i = 0; i < ROUNDS; i++) {
                    send(List.of(prediction("id-" + i, BEHIND.negated()), label("id-" + i, Duration.ZERO)));
                }
                await().atMost(PATIENCE).pollDelay(Duration.ZERO).untilAsserted(() -> {
                    evaluator.rethrow();
                    // What an aborted transaction did is counted again.
                    assertThat(meters.get("inkstream.live.outcomes")
                                    .tags("role", "evaluator", "outcome", "correct")
                                    .counter()
                                    .count())
                            .isGreaterThanOrEqualTo(ROUNDS);
                });
            });
            assertThat(cluster.committed(cluster.topics().deadLetters().name())).isEmpty();
        }
    }

    /// Joins images with labels while there are always more images to be read.
    private void joinsAll(Role labeler, Duration behind) throws InterruptedException {
        keepBusy(i -> image("other-" + i, behind.negated()), () -> {
            for (int i = 0; i < ROUNDS; i++) {
                send(List.of(image("id-" + i, behind.negated()), label("id-" + i, Duration.ZERO)));
            }
            awaitJoined(labeler, ROUNDS);
        });
    }

    /// Does something while there are always more records of one kind to be read.
    private void keepBusy(IntFunction<ProducerRecord<String, byte[]>> others, Runnable what)
            throws InterruptedException {
        AtomicBoolean enough = new AtomicBoolean();
        Thread busy = Thread.ofVirtual().start(() -> {
            for (int i = 0; !enough.get(); i++) {
                int first = 50 * i;
                cluster.send(
                        true,
                        IntStream.range(first, first + 50).mapToObj(others).toList());
            }
        });
        try {
            what.run();
        } finally {
            enough.set(true);
            busy.join();
        }
    }

    /// Beside the others' transactions.
    private void send(List<ProducerRecord<String, byte[]>> records) {
        try (var producer =
                new KafkaProducer<>(cluster.kafka().producer(), new StringSerializer(), new ByteArraySerializer())) {
            records.forEach(record -> {
                var _ = producer.send(record);
            });
        }
    }

    private RoleFactory roles(Admin admin) {
        return new RoleFactory(cluster.kafka(), admin, new InMemorySchemaRegistry(), meters, line -> {});
    }

    private Role evaluator(Admin admin) throws InterruptedException {
        return roles(admin)
                .evaluator(
                        new EvaluatorSettings(
                                cluster.topics(), MODEL, FORMAT, DecisionRules.of(PromotionPolicy.ALWAYS), LIVE),
                        1,
                        Optional.of("e"));
    }

    private void awaitScores(Role evaluator, int number) {
        await().atMost(PATIENCE).pollDelay(Duration.ZERO).until(() -> {
            evaluator.rethrow();
            return cluster.committed(cluster.topics().evaluations().name()).size() == number;
        });
    }

    private Role labeler(Admin admin) throws InterruptedException {
        return roles(admin).labeler(new LabelerSettings(cluster.topics(), WINDOW, 64_000_000, 2), 1, Optional.of("l"));
    }

    /// Much sooner than the clocks are apart.
    private void awaitJoined(Role labeler, int number) {
        await().atMost(PATIENCE).pollDelay(Duration.ZERO).until(() -> {
            labeler.rethrow();
            return cluster.committed(cluster.topics().labeledImages().name()).size() == number;
        });
    }

    private ProducerRecord<String, byte[]> image(String id, Duration ahead) {
        byte[] value = Cluster.SERDES.image().serializer().serialize("any", IMAGE);
        return record(cluster.topics().images().name(), id, value, ahead);
    }

    private ProducerRecord<String, byte[]> holdout(String id, Duration ahead) {
        byte[] value = Cluster.SERDES.labeledImage().serializer().serialize("any", new LabeledImage(IMAGE, 1));
        return record(cluster.topics().holdoutImages().name(), id, value, ahead);
    }

    private ProducerRecord<String, byte[]> prediction(String id, Duration ahead) {
        Prediction prediction = new Prediction(
                id, 1, new float[] {0, 1}, version(1).id(), new Prediction.Position(0, 0), Instant.EPOCH);
        byte[] value = Cluster.SERDES.prediction().serializer().serialize("any", prediction);
        return record(cluster.topics().predictions().name(), id, value, ahead);
    }

    private ProducerRecord<String, byte[]> snapshot(long version, Duration ahead) {
        byte[] value = Cluster.SERDES.weightSnapshot().serializer().serialize("any", version(version));
        return record(cluster.topics().weightSnapshots().name(), MODEL, value, ahead);
    }

    private static WeightSnapshot version(long version) {
        WeightSnapshot initial = Training.start(TRAINING).snapshot();
        return new WeightSnapshot(
                new ModelVersion(MODEL, version, initial.id().weights()),
                initial.layers(),
                initial.parameters(),
                initial.progress(),
                initial.training());
    }

    private ProducerRecord<String, byte[]> label(String id, Duration ahead) {
        byte[] value = Cluster.SERDES.label().serializer().serialize("any", new Label(1, Instant.EPOCH));
        return record(cluster.topics().labels().name(), id, value, ahead);
    }

    /// In one partition, so that one task of the decoding has them all.
    private static ProducerRecord<String, byte[]> record(String topic, String id, byte[] value, Duration ahead) {
        return new ProducerRecord<>(topic, 0, Instant.now().plus(ahead).toEpochMilli(), id, value);
    }
}
