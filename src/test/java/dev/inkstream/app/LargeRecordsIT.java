package dev.inkstream.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.inkstream.app.role.ChildProcess;
import dev.inkstream.app.role.Role;
import dev.inkstream.app.role.RoleFactory;
import dev.inkstream.classifier.ClassifierSettings;
import dev.inkstream.codec.InMemorySchemaRegistry;
import dev.inkstream.record.ImageRecord;
import dev.inkstream.stream.ImageFormat;
import dev.inkstream.stream.TopicSpec;
import dev.inkstream.stream.intake.DeadLetterHeaders;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Records that are a few KB on the wire and much more when decompressed, against a real broker.
@ExtendWith(ClusterExtension.class)
class LargeRecordsIT {
    private static final int MB = 1_000_000;

    private final Cluster cluster;
    private final ClassifierSettings settings;
    private final Admin admin;

    LargeRecordsIT(Cluster cluster) {
        this.cluster = cluster;
        this.settings = new ClassifierSettings(cluster.topics(), "digits", new ImageFormat(2, 2, 2));
        this.admin = Admin.create(cluster.kafka().admin());
    }

    @AfterEach
    void close() {
        admin.close();
    }

    @Test
    void aRecordOf33MegabytesIsOneBoundedDeadLetter() throws Exception {
        cluster.withTopics(this::takesAnySize).serving(1);
        try (Role classifier = start()) {
            sendCompressed(new ProducerRecord<>(cluster.topics().images().name(), 0, "large", new byte[33 * MB]));
            cluster.send(
                    true, List.of(new ProducerRecord<>(cluster.topics().images().name(), 0, "good", image())));
            await().atMost(Duration.ofMinutes(3)).until(() -> {
                classifier.rethrow();
                return cluster.committed(cluster.topics().predictions().name()).size() == 1;
            });
        }
        List<ConsumerRecord<byte[], byte[]>> dead =
                cluster.committed(cluster.topics().deadLetters().name());
        assertThat(dead).hasSize(1);
        assertThat(dead.getFirst().key()).isEqualTo("large".getBytes(StandardCharsets.UTF_8));
        assertThat(dead.getFirst().value()).isEqualTo(new byte[16_384]);
        assertThat(header(dead.getFirst(), DeadLetterHeaders.REASON)).isEqualTo("TOO_LARGE");
        assertThat(header(dead.getFirst(), DeadLetterHeaders.MESSAGE))
                .isEqualTo("value has 33000000 bytes; it must have at most 1114112");
        assertThat(header(dead.getFirst(), "inkstream.value.size")).isEqualTo("33000000");
        assertThat(header(dead.getFirst(), "inkstream.value.sha256"))
                .isEqualTo("11ee6c9d2abdfbddc9787126a63acb01cedebec7f16deedf18346e5d6f0cff09");
    }

    @Test
    void aBrokerRefusesThemOnTheTopicsThatWeCreate() {
        cluster.withTopics();
        assertThatThrownBy(() -> sendCompressed(
                        new ProducerRecord<>(cluster.topics().images().name(), 0, "a", new byte[9 * MB])))
                .hasRootCauseInstanceOf(InvalidRecordException.class);
    }

    /// 300 MB do not fit into the heap of this process, and its neighbor in the batch comes behind it.
    @Test
    void recordsLargerThanTheHeapEndNoRole(@TempDir Path logs) throws Exception {
        cluster.withTopics(this::takesAnySize).serving(1);
        Path log = logs.resolve("classifier.log");
        Process classifier = ChildProcess.start(
                log, cluster.args("classifier", "--image-size", "2x2", "--classes", "2", "--monitor-port", "0"));
        try {
            String images = cluster.topics().images().name();
            sendCompressed(
                    new ProducerRecord<>(images, 0, "first", image()),
                    new ProducerRecord<>(images, 0, "larger", new byte[300 * MB]),
                    new ProducerRecord<>(images, 0, "behind", image()));
            sendCompressed(new ProducerRecord<>(images, 0, "large", new byte[120 * MB]));
            sendCompressed(new ProducerRecord<>(images, 1, "other", image()));
            await().atMost(Duration.ofMinutes(5)).untilAsserted(() -> {
                String said = Files.readString(log);
                assertThat(classifier.isAlive()).as(said).isTrue();
                assertThat(cluster.committed(cluster.topics().predictions().name()))
                        .as(said)
                        .hasSize(3);
                assertThat(cluster.committed(cluster.topics().deadLetters().name()))
                        .as(said)
                        .hasSize(2);
            });
        } finally {
            classifier.destroy();
            classifier.waitFor();
        }
        assertThat(cluster.committed(cluster.topics().predictions().name()))
                .extracting(record -> new String(record.key(), StandardCharsets.UTF_8))
                .containsExactlyInAnyOrder("first", "behind", "other");
        assertThat(cluster.committed(cluster.topics().deadLetters().name()))
                .extracting(record ->
                        header(record, DeadLetterHeaders.OFFSET) + " " + header(record, "inkstream.value.size"))
                .containsExactly("1 300000000", "3 120000000");
        assertThat(Files.readString(log)).doesNotContain("ERROR");
    }

    /// As brokers before Kafka 4.4 do, and topics that others have created.
    private TopicSpec takesAnySize(TopicSpec spec) {
        return spec.name().equals(cluster.topics().images().name())
                ? spec.without(TopicConfig.MAX_DECOMPRESSED_MESSAGE_BYTES_CONFIG)
                : spec;
    }

    private byte[] image() {
        return Cluster.SERDES
                .image()
                .serializer()
                .serialize(cluster.topics().images().name(), new ImageRecord(2, 2, new byte[4], Instant.EPOCH));
    }

    private Role start() throws InterruptedException {
        return new RoleFactory(
                        cluster.kafka(), admin, new InMemorySchemaRegistry(), new SimpleMeterRegistry(), notice -> {})
                .classifier(settings, 1, Optional.empty());
    }

    /// Sends records as one batch.
    @SafeVarargs
    private void sendCompressed(ProducerRecord<String, byte[]>... records) throws Exception {
        Map<String, Object> config = new HashMap<>(cluster.kafka().producer());
        config.put("compression.type", "zstd");
        config.put("max.request.size", 310 * MB);
        config.put("buffer.memory", 320L * MB);
        config.put("batch.size", 310 * MB);
        config.put("linger.ms", 60_000);
        try (var producer = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (ProducerRecord<String, byte[]> record : records) {
                sent.add(producer.send(record));
            }
            producer.flush();
            for (Future<RecordMetadata> each : sent) {
                each.get();
            }
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
