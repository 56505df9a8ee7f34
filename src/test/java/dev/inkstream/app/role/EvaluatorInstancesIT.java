package dev.inkstream.app.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.inkstream.app.bench.ServedRecords;
import dev.inkstream.app.broker.EmbeddedBroker;
import dev.inkstream.app.cluster.KafkaSettings;
import dev.inkstream.app.topics.TopicCreation;
import dev.inkstream.codec.AvroSerdes;
import dev.inkstream.codec.InMemorySchemaRegistry;
import dev.inkstream.evaluator.DecisionRules;
import dev.inkstream.evaluator.EvaluatorSettings;
import dev.inkstream.evaluator.PromotionPolicy;
import dev.inkstream.live.LiveSettings;
import dev.inkstream.record.Label;
import dev.inkstream.record.LiveEvaluation;
import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.Prediction;
import dev.inkstream.record.Sha256;
import dev.inkstream.stream.ImageFormat;
import dev.inkstream.stream.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/// Two instances of one evaluator share the partitions of the live join, and their outcomes are summed once.
class EvaluatorInstancesIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int OUTCOMES = 5_000;
    private static final String GROUP = "two.evaluator-digits";
    private static final String JOIN_INPUT = GROUP + "-outcome-events-by-image-id-repartition";
    private static final String SUM_INPUT = GROUP + "-counted-outcomes-repartition";

    private final Topics topics = new Topics("two.");
    private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();

    @Test
    void shareThePartitionsAndCountEachOutcomeOnce() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(0)) {
            KafkaSettings kafka = KafkaSettings.at(broker.address());
            try (Admin admin = Admin.create(kafka.admin())) {
                TopicCreation.create(admin, topics.specs(2), Optional.empty());
                try (Role first = evaluator(kafka, admin, "first");
                        Role second = evaluator(kafka, admin, "second")) {
                    await().atMost(PATIENCE).untilAsserted(() -> {
                        assertThat(partitionsByMember(admin, JOIN_INPUT)).containsExactly(2L, 2L);
                        assertThat(partitionsByMember(admin, SUM_INPUT)).containsExactlyInAnyOrder(0L, 1L);
                    });
                    new ServedRecords(topics, "digits", 10, Instant.now()).write(kafka, registry, OUTCOMES);
                    await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
                        first.rethrow();
                        second.rethrow();
                        // Again and again: outcomes that become known behind the end of their window are in a later
                        // one.
                        endAllWindows(kafka, Instant.now());
                        assertThat(examples(kafka)).isGreaterThanOrEqualTo(OUTCOMES);
                    });
                    await().during(Duration.ofSeconds(2))
                            .untilAsserted(() -> assertThat(examples(kafka)).isEqualTo(OUTCOMES));
                    assertThat(evaluations(kafka).stream().map(LiveEvaluation::window))
                            .as("windows of the one version")
                            .doesNotHaveDuplicates();
                }
            }
        }
    }

    /// A prediction and a label of another image in each partition of the join: no outcomes, but time advances.
    private void endAllWindows(KafkaSettings kafka, Instant at) {
        AvroSerdes serdes = new AvroSerdes(registry);
        ModelVersion model = new ModelVersion("digits", 1, Sha256.of(new byte[0]));
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(kafka.producer(), new StringSerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < 64; i++) {
                Prediction prediction =
                        new Prediction("p" + i, 0, new float[10], model, new Prediction.Position(0, i), at);
                byte[] predicted = serdes.prediction().serializer().serialize("", prediction);
                byte[] label = serdes.label().serializer().serialize("", new Label(1, at));
                long time = at.toEpochMilli();
                var _ = producer.send(
                        new ProducerRecord<>(topics.predictions().name(), null, time, "p" + i, predicted));
                var _ = producer.send(new ProducerRecord<>(topics.labels().name(), null, time, "l" + i, label));
            }
        }
    }

    private Role evaluator(KafkaSettings kafka, Admin admin, String instance) throws InterruptedException {
        EvaluatorSettings settings = new EvaluatorSettings(
                topics,
                "digits",
                new ImageFormat(28, 28, 10),
                DecisionRules.of(PromotionPolicy.ALWAYS),
                LiveSettings.DEFAULT.withTimes(Duration.ofSeconds(1), Duration.ofSeconds(1)));
        return new RoleFactory(kafka, admin, registry, new SimpleMeterRegistry(), line -> {})
                .evaluator(settings, 1, Optional.of(instance));
    }

    private static List<Long> partitionsByMember(Admin admin, String topic)
            throws InterruptedException, ExecutionException {
        return admin.describeConsumerGroups(List.of(GROUP)).all().get().get(GROUP).members().stream()
                .map(member -> partitions(member, topic))
                .toList();
    }

    private static long partitions(MemberDescription member, String topic) {
        return member.assignment().topicPartitions().stream()
                .filter(partition -> partition.topic().equals(topic))
                .count();
    }

    private long examples(KafkaSettings kafka) {
        return evaluations(kafka).stream()
                .mapToLong(live -> live.confusion().examples())
                .sum();
    }

    private List<LiveEvaluation> evaluations(KafkaSettings kafka) {
        Deserializer<LiveEvaluation> values =
                new AvroSerdes(registry).liveEvaluation().deserializer();
        return CommittedRecords.of(kafka, topics.liveEvaluations().name()).stream()
                .map(record -> values.deserialize(record.topic(), record.value()))
                .toList();
    }
}
