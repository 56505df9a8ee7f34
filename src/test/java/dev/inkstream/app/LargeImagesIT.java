package dev.inkstream.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.inkstream.app.role.Role;
import dev.inkstream.app.role.RoleFactory;
import dev.inkstream.codec.InMemorySchemaRegistry;
import dev.inkstream.labeler.LabelerSettings;
import dev.inkstream.record.ImageRecord;
import dev.inkstream.record.Label;
import dev.inkstream.stream.TopicSpec;
import dev.inkstream.stream.Topics;
import dev.inkstream.stream.intake.DeadLetterHeaders;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Well-formed images that `images` accepts, compressed, and that the labeler must write uncompressed: what it accepts
/// it can also write, and the others are dead letters.
@ExtendWith(ClusterExtension.class)
class LargeImagesIT {
    private final Cluster cluster;
    private final Topics topics;

    LargeImagesIT(Cluster cluster) throws InterruptedException {
        this.cluster = cluster.withTopics(LargeImagesIT::asAStandardBrokerCreatesIt);
        topics = cluster.topics();
    }

    @Test
    void theLabelerWritesWhatItAcceptsAndStaysAlive() throws Exception {
        try (Admin admin = Admin.create(cluster.kafka().admin())) {
            try (Role labeler = new RoleFactory(
                            cluster.kafka(), admin, new InMemorySchemaRegistry(), new SimpleMeterRegistry(), line -> {})
                    .labeler(new LabelerSettings(topics, Duration.ofHours(1), 64_000_000, 1), 1, Optional.of("l"))) {
                feed("fits", noise(1_020, 1_020));
                feed("too-large-to-write", new byte[1_100 * 1_000], 1_100);
                feed("too-large-to-read", new byte[4_096 * 4_096], 4_096);
                feed("small", noise(2, 2));
                await().atMost(Duration.ofMinutes(3)).untilAsserted(() -> {
                    labeler.rethrow();
                    assertThat(outcomes())
                            .containsExactlyInAnyOrder(
                                    "fits: joined",
                                    "small: joined",
                                    "too-large-to-write: TOO_LARGE, value has 1100014 bytes; it must have at most 1046284",
                                    "too-large-to-read: TOO_LARGE, value has 16777230 bytes; it must have at most 1046284");
                });
            }
        }
    }

    private List<String> outcomes() {
        return Stream.concat(
                        cluster.committed(topics.labeledImages().name()).stream()
                                .map(record -> key(record) + ": joined"),
                        cluster.committed(topics.deadLetters().name()).stream()
                                .map(record -> key(record) + ": " + header(record, DeadLetterHeaders.REASON) + ", "
                                        + header(record, DeadLetterHeaders.MESSAGE)))
                .toList();
    }

    /// As on topics that others have created.
    private static TopicSpec asAStandardBrokerCreatesIt(TopicSpec spec) {
        return spec.with(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "1048588")
                .without(TopicConfig.MAX_DECOMPRESSED_MESSAGE_BYTES_CONFIG);
    }

    private static byte[] noise(int width, int height) {
        byte[] pixels = new byte[width * height];
        new Random(1).nextBytes(pixels);
        return pixels;
    }

    private void feed(String id, byte[] pixels) throws Exception {
        feed(id, pixels, (int) Math.sqrt(pixels.length));
    }

    private void feed(String id, byte[] pixels, int width) throws Exception {
        ImageRecord image = new ImageRecord(width, pixels.length / width, pixels, Instant.EPOCH);
        Map<String, Object> config = new HashMap<>(cluster.kafka().producer());
        config.put("compression.type", "zstd");
        config.put("max.request.size", 20_000_000);
        try (var producer = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(Samples.record(topics.images().name(), id, Cluster.SERDES.image(), image))
                    .get();
            producer.send(Samples.record(
                            topics.labels().name(), id, Cluster.SERDES.label(), new Label(1, Instant.EPOCH)))
                    .get();
        }
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.key(), StandardCharsets.UTF_8);
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
