package dev.inkstream.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.inkstream.app.role.Role;
import dev.inkstream.app.role.Roles;
import dev.inkstream.record.ImageRecord;
import dev.inkstream.record.InMemorySchemaRegistry;
import dev.inkstream.record.Label;
import dev.inkstream.stream.LabelerTopology;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
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
class SourceClocksTest {
    private static final Duration AHEAD = Duration.ofMinutes(58);
    private static final Duration BEHIND = Duration.ofHours(2);
    private static final int ROUNDS = 10;

    private final Cluster cluster;

    SourceClocksTest(Cluster cluster) {
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
            assertThat(cluster.committed(cluster.topics().deadLetters())).isEmpty();
        }
    }

    @Test
    void imagesFromALateClockStopNoJoinOfTheLabeler() throws Exception {
        try (Admin admin = Admin.create(cluster.kafka().admin());
                Role labeler = labeler(admin)) {
            joinsAll(labeler, BEHIND);
        }
    }

    /// Joins images with labels while there are always more images to be read.
    private void joinsAll(Role labeler, Duration behind) throws InterruptedException {
        AtomicBoolean enough = new AtomicBoolean();
        Thread others = Thread.ofVirtual().start(() -> {
            for (int i = 0; !enough.get(); i++) {
                int number = i;
                cluster.send(
                        true,
                        IntStream.range(0, 50)
                                .mapToObj(each -> image("other-" + number + "-" + each, behind.negated()))
                                .toList());
            }
        });
        for (int i = 0; i < ROUNDS; i++) {
            send(List.of(image("id-" + i, behind.negated()), label("id-" + i, Duration.ZERO)));
        }
        awaitJoined(labeler, ROUNDS);
        enough.set(true);
        others.join();
    }

    /// Beside the others' transactions.
    private void send(List<ProducerRecord<String, byte[]>> records) {
        try (var producer = new KafkaProducer<>(
                cluster.kafka().producer(), new StringSerializer(), new ByteArraySerializer())) {
            records.forEach(record -> {
                var _ = producer.send(record);
            });
        }
    }

    private Role labeler(Admin admin) throws InterruptedException {
        Roles roles =
                new Roles(cluster.kafka(), admin, new InMemorySchemaRegistry(), new SimpleMeterRegistry(), line -> {});
        return roles.labeler(
                new LabelerTopology.Settings(cluster.topics(), Duration.ofHours(3), 64_000_000, 2),
                1,
                Optional.of("l"));
    }

    /// Much sooner than the clocks are apart.
    private void awaitJoined(Role labeler, int number) {
        await().atMost(Duration.ofSeconds(20)).pollDelay(Duration.ZERO).until(() -> {
            labeler.rethrow();
            return cluster.committed(cluster.topics().labeledImages()).size() == number;
        });
    }

    private ProducerRecord<String, byte[]> image(String id, Duration ahead) {
        ImageRecord image = new ImageRecord(2, 2, new byte[] {1, 2, 3, 4}, Instant.EPOCH);
        byte[] value = Cluster.SERDES.image().serializer().serialize("any", image);
        return record(cluster.topics().images(), id, value, ahead);
    }

    private ProducerRecord<String, byte[]> label(String id, Duration ahead) {
        byte[] value = Cluster.SERDES.label().serializer().serialize("any", new Label(1, Instant.EPOCH));
        return record(cluster.topics().labels(), id, value, ahead);
    }

    /// In one partition, so that one task of the decoding has them all.
    private static ProducerRecord<String, byte[]> record(String topic, String id, byte[] value, Duration ahead) {
        return new ProducerRecord<>(topic, 0, Instant.now().plus(ahead).toEpochMilli(), id, value);
    }
}
