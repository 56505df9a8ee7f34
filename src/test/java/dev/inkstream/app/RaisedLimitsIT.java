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
import dev.inkstream.network.NetworkShape;
import dev.inkstream.network.Preset;
import dev.inkstream.record.ImageRecord;
import dev.inkstream.record.Label;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.stream.ImageFormat;
import dev.inkstream.stream.TopicSpec;
import dev.inkstream.stream.Topics;
import dev.inkstream.trainer.TrainerSettings;
import dev.inkstream.trainer.Training;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Topics that are set to take records of any timestamp, while those that are written keep to the usual hour.
@ExtendWith(ClusterExtension.class)
class RaisedLimitsIT {
    private static final String LIMIT = "message.timestamp.after.max.ms";
    private static final ImageFormat FORMAT = new ImageFormat(2, 2, 2);
    private static final Training.Settings TRAINING =
            new Training.Settings("digits", Preset.MODERN.config(NetworkShape.of(4, 3, 2)), 1, 2);

    private final Cluster cluster;
    private final Topics topics;
    private final long nextYear = Instant.now().plus(Duration.ofDays(365)).toEpochMilli();

    RaisedLimitsIT(Cluster cluster) throws InterruptedException {
        topics = cluster.topics();
        this.cluster = cluster.withTopics(this::raised);
    }

    @Test
    void aRecordOfNextYearStopsNoRole() throws Exception {
        try (Admin admin = Admin.create(cluster.kafka().admin())) {
            feed();
            RoleFactory roles = new RoleFactory(
                    cluster.kafka(), admin, new InMemorySchemaRegistry(), new SimpleMeterRegistry(), line -> {});
            try (Role trainer = roles.trainer(new TrainerSettings(topics, TRAINING, FORMAT), Optional.of("t"));
                    Role evaluator = roles.evaluator(
                            new EvaluatorSettings(topics, "digits", FORMAT, DecisionRules.of(PromotionPolicy.ALWAYS)),
                            1,
                            Optional.of("e"));
                    Role labeler = roles.labeler(
                            new LabelerSettings(topics, Duration.ofHours(1), 2_000_000, 1), 1, Optional.of("l"))) {
                await().atMost(Duration.ofMinutes(3)).until(() -> {
                    Stream.of(trainer, evaluator, labeler).forEach(Role::rethrow);
                    // Version 0 and one more; and the label, of the evaluator and the labeler, and the image.
                    return cluster.committed(topics.evaluations().name()).size() == 2
                            && cluster.committed(topics.deadLetters().name()).size() == 3;
                });
            }
            assertInternalTopicsTakeAll(admin);
        }
    }

    private void feed() {
        ImageRecord image = new ImageRecord(2, 2, new byte[] {1, 2, 3, 4}, Instant.EPOCH);
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            records.add(
                    late(topics.labeledImages().name(), Cluster.SERDES.labeledImage(), new LabeledImage(image, i % 2)));
        }
        records.add(late(topics.images().name(), Cluster.SERDES.image(), image));
        records.add(late(topics.labels().name(), Cluster.SERDES.label(), new Label(1, Instant.EPOCH)));
        cluster.send(true, records);
    }

    private <V> ProducerRecord<String, byte[]> late(String topic, Serde<V> serde, V value) {
        return new ProducerRecord<>(
                topic, null, nextYear, "id", serde.serializer().serialize(topic, value));
    }

    private TopicSpec raised(TopicSpec spec) {
        return Stream.of(topics.images(), topics.labels(), topics.labeledImages())
                        .anyMatch(topic -> topic.name().equals(spec.name()))
                ? spec.with(LIMIT, Long.toString(Long.MAX_VALUE))
                : spec;
    }

    private void assertInternalTopicsTakeAll(Admin admin) throws Exception {
        List<ConfigResource> internal = admin.listTopics().names().get().stream()
                .filter(name -> name.startsWith(topics.prefix()) && name.matches(".*-(changelog|repartition)"))
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        assertThat(internal).hasSizeGreaterThan(5);
        assertThat(admin.describeConfigs(internal).all().get().values())
                .allMatch(config -> config.get(LIMIT).value().equals(Long.toString(Long.MAX_VALUE)));
    }
}
