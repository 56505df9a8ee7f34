package dev.inkstream.app.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.inkstream.app.broker.EmbeddedBroker;
import dev.inkstream.app.cluster.KafkaSettings;
import dev.inkstream.app.feed.Feeder;
import dev.inkstream.app.topics.TopicCreation;
import dev.inkstream.codec.AvroSerdes;
import dev.inkstream.codec.InMemorySchemaRegistry;
import dev.inkstream.dataset.DrawnDigits;
import dev.inkstream.network.NetworkShape;
import dev.inkstream.network.Preset;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.Samples;
import dev.inkstream.stream.Topics;
import dev.inkstream.trainer.Training;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kills a real trainer process with SIGKILL while it learns, and holds every version it published against a plain
/// loop over the same log. The versions must be gapless, each published once, with the same bits.
final class TrainerCrashIT {
    private static final int EXAMPLES = 12_000;
    private static final int KILLS = 3;
    private static final int SNAPSHOT_EVERY = 30;
    private static final long KILL_SEED = 20_261_124;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
    private final Topics topics = new Topics("crash.");
    private final Training.Settings settings =
            new Training.Settings("digits", Preset.MODERN.config(NetworkShape.of(784, 30, 10)), 7, SNAPSHOT_EVERY);

    @Test
    void killedTrainerPublishesTheVersionsOfAPlainLoop(@TempDir Path logs) throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(0);
                Admin admin = Admin.create(KafkaSettings.at(broker.address()).admin())) {
            KafkaSettings kafka = KafkaSettings.at(broker.address());
            TopicCreation.create(admin, topics.specs(1), Optional.empty());
            CompletableFuture<Long> feeding = CompletableFuture.supplyAsync(() -> feed(kafka));

            Path log = logs.resolve("trainer.log");
            runWithKills(broker.address(), kafka, log);

            assertThat(feeding.get()).isEqualTo(EXAMPLES);
            List<WeightSnapshot> published = snapshots(kafka);
            List<WeightSnapshot> expected = plainLoop(kafka, Integer.MAX_VALUE);
            assertThat(published).extracting(WeightSnapshot::id).containsExactlyElementsOf(ids(expected));
            assertThat(published).containsExactlyElementsOf(expected);

            // Were one example lost, this test would see it.
            List<WeightSnapshot> oneLost = plainLoop(kafka, EXAMPLES / 2);
            assertThat(ids(oneLost)).isNotEqualTo(ids(expected));
        }
    }

    private void runWithKills(String address, KafkaSettings kafka, Path log) throws IOException {
        Random random = new Random(KILL_SEED);
        int lastVersion = EXAMPLES / settings.config().miniBatchSize() / SNAPSHOT_EVERY;
        int seen = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            Process trainer = trainer(address, log);
            seen += 1 + random.nextInt(Math.max(1, (lastVersion - seen) / (KILLS - kill + 1)));
            awaitVersion(kafka, trainer, seen);
            trainer.destroyForcibly();
            await().atMost(PATIENCE).until(() -> !trainer.isAlive());
        }
        Process trainer = trainer(address, log);
        awaitVersion(kafka, trainer, lastVersion);
        trainer.destroy();
        await().atMost(PATIENCE).until(() -> !trainer.isAlive());
    }

    private void awaitVersion(KafkaSettings kafka, Process trainer, int version) {
        await().atMost(PATIENCE).pollDelay(Duration.ZERO).until(() -> {
            assertThat(trainer.isAlive()).as("the trainer runs").isTrue();
            return snapshots(kafka).size() > version;
        });
    }

    private Process trainer(String address, Path log) throws IOException {
        return ChildProcess.start(
                log,
                "trainer",
                "--bootstrap-server",
                address,
                "--topic-prefix",
                topics.prefix(),
                "--seed",
                "7",
                "--snapshot-every",
                String.valueOf(SNAPSHOT_EVERY));
    }

    private long feed(KafkaSettings kafka) {
        try (Feeder feeder = new Feeder(kafka, registry, InstantSource.system())) {
            return feeder.labeled(
                    DrawnDigits.images(1, 0, EXAMPLES),
                    new Feeder.Plan(topics.labeledImages(), "training", 1, 1L, 1_500),
                    sent -> true);
        }
    }

    private List<WeightSnapshot> snapshots(KafkaSettings kafka) {
        Deserializer<WeightSnapshot> snapshot =
                new AvroSerdes(registry).weightSnapshot().deserializer();
        return CommittedRecords.of(kafka, topics.weightSnapshots().name()).stream()
                .map(record -> Samples.withoutPublisher(snapshot.deserialize(record.topic(), record.value())))
                .toList();
    }

    /// The versions that the records of the log give, fed to [Training] one after the other.
    ///
    /// @param without index of a record to leave out
    private List<WeightSnapshot> plainLoop(KafkaSettings kafka, int without) {
        Deserializer<LabeledImage> labeled =
                new AvroSerdes(registry).labeledImage().deserializer();
        Training training = Training.start(settings);
        List<WeightSnapshot> versions = new ArrayList<>(List.of(training.snapshot()));
        List<ConsumerRecord<byte[], byte[]>> log =
                CommittedRecords.of(kafka, topics.labeledImages().name());
        for (int i = 0; i < log.size(); i++) {
            ConsumerRecord<byte[], byte[]> record = log.get(i);
            if (i != without && training.train(record.offset(), labeled.deserialize(record.topic(), record.value()))) {
                versions.add(training.snapshot());
            }
        }
        return versions;
    }

    private static List<ModelVersion> ids(List<WeightSnapshot> snapshots) {
        return snapshots.stream().map(WeightSnapshot::id).toList();
    }
}
