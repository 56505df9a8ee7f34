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
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.ImageFormat;
import dev.inkstream.stream.Topics;
import dev.inkstream.trainer.Training;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// More bytes than a role reads ahead (32 MiB), on sources that Kafka Streams times itself: internal topics, and
/// snapshots behind holdout images.
@ExtendWith(ClusterExtension.class)
class BacklogIT {
    private static final int BATCH = 20;
    private static final ImageFormat FORMAT = new ImageFormat(28, 28, 10);

    private final Cluster cluster;
    private final Topics topics;

    BacklogIT(Cluster cluster) {
        this.cluster = cluster.withTopics();
        topics = cluster.topics();
    }

    @Test
    void theLabelerJoinsMoreThanItReadsAhead() throws Exception {
        ImageRecord image = new ImageRecord(300, 300, new byte[90_000], Instant.EPOCH);
        LabelerSettings settings = new LabelerSettings(topics, Duration.ofHours(1), 200_000_000, 2);
        try (Admin admin = Admin.create(cluster.kafka().admin());
                Role labeler = roles(admin).labeler(settings, 1, Optional.of("l"))) {
            for (int first = 0; first < 600; first += BATCH) {
                List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
                for (int i = first; i < first + BATCH; i++) {
                    Label label = new Label(1, Instant.EPOCH);
                    records.add(Samples.record(topics.images().name(), "id-" + i, Cluster.SERDES.image(), image));
                    records.add(Samples.record(topics.labels().name(), "id-" + i, Cluster.SERDES.label(), label));
                }
                cluster.send(true, records);
            }
            awaitCommitted(labeler, topics.labeledImages().name(), 600);
        }
    }

    @Test
    void theEvaluatorScoresMoreThanItReadsAhead() throws Exception {
        LabeledImage held = new LabeledImage(new ImageRecord(28, 28, new byte[784], Instant.EPOCH), 1);
        cluster.send(
                true, List.of(Samples.record(topics.holdoutImages().name(), "h", Cluster.SERDES.labeledImage(), held)));
        EvaluatorSettings settings = new EvaluatorSettings(
                topics, "digits", FORMAT, DecisionRules.of(PromotionPolicy.ALWAYS), LiveSettings.DEFAULT);
        try (Admin admin = Admin.create(cluster.kafka().admin());
                Role evaluator = roles(admin).evaluator(settings, 1, Optional.of("e"))) {
            WeightSnapshot initial = Training.start(
                            new Training.Settings("digits", Preset.MODERN.config(NetworkShape.of(784, 30, 10)), 1, 2))
                    .snapshot();
            for (int first = 0; first < 500; first += BATCH) {
                List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
                for (int i = first; i < first + BATCH; i++) {
                    records.add(Samples.record(
                            topics.weightSnapshots().name(),
                            "digits",
                            Cluster.SERDES.weightSnapshot(),
                            version(initial, i)));
                }
                cluster.send(true, records);
            }
            awaitCommitted(evaluator, topics.evaluations().name(), 500);
        }
    }

    private RoleFactory roles(Admin admin) {
        return new RoleFactory(
                cluster.kafka(), admin, new InMemorySchemaRegistry(), new SimpleMeterRegistry(), line -> {});
    }

    private static WeightSnapshot version(WeightSnapshot initial, long version) {
        ModelVersion id = new ModelVersion("digits", version, initial.id().weights());
        return new WeightSnapshot(id, initial.layers(), initial.parameters(), initial.progress(), initial.training());
    }

    private void awaitCommitted(Role role, String topic, int count) {
        await().atMost(Duration.ofMinutes(3)).untilAsserted(() -> {
            role.rethrow();
            assertThat(cluster.committed(topic)).hasSize(count);
        });
    }
}
