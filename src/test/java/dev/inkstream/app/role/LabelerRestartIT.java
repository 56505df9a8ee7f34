package dev.inkstream.app.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.inkstream.app.broker.EmbeddedBroker;
import dev.inkstream.app.cluster.KafkaSettings;
import dev.inkstream.app.topics.TopicCreation;
import dev.inkstream.codec.AvroSerdes;
import dev.inkstream.codec.InMemorySchemaRegistry;
import dev.inkstream.dataset.DrawnDigits;
import dev.inkstream.dataset.Images;
import dev.inkstream.labeler.LabelerSettings;
import dev.inkstream.network.NetworkShape;
import dev.inkstream.network.Preset;
import dev.inkstream.network.TrainingConfig;
import dev.inkstream.record.ImageRecord;
import dev.inkstream.record.Label;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.stream.TopicSpec;
import dev.inkstream.stream.Topics;
import dev.inkstream.stream.intake.DeadLetterHeaders;
import dev.inkstream.trainer.Training;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/// A labeler on a real broker, stopped in the midst of its work and started again, with images and labels that are
/// partitioned neither by the same number nor by the same function.
final class LabelerRestartIT {
    private static final int IMAGES = 2_000;
    private static final int IMAGE_PARTITIONS = 3;
    private static final int LABEL_PARTITIONS = 5;
    private static final int JOIN_PARTITIONS = 4;
    private static final int ORPHANS = IMAGES / 100;
    private static final int DUPLICATES = IMAGES / 100;
    private static final TrainingConfig NETWORK = Preset.MODERN.config(NetworkShape.of(784, 10, 10));
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
    private final AvroSerdes serdes = new AvroSerdes(registry);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Topics topics = new Topics("labeler.");
    private final Images images = DrawnDigits.images(1, 0, IMAGES);
    // Event time alone counts: all of this happened a while ago.
    private final Instant start = Instant.now().minus(Duration.ofHours(5));

    @Test
    void eachImageIsLabeledOnceAcrossARestart() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(0);
                Admin admin = Admin.create(KafkaSettings.at(broker.address()).admin())) {
            KafkaSettings kafka = KafkaSettings.at(broker.address());
            TopicCreation.create(admin, specs(), Optional.empty());
            RoleFactory roles = new RoleFactory(kafka, admin, registry, meters, line -> {});

            Set<Integer> delayed = new HashSet<>();
            send(kafka, firstHalf(delayed));
            try (Role labeler = labeler(roles)) {
                awaitRecords(kafka, topics.labeledImages().name(), 1, labeler);
            }
            assertThat(count("joined")).as("it was stopped in the midst of it").isLessThan(IMAGES);
            send(kafka, secondHalf(delayed));
            try (Role labeler = labeler(roles)) {
                awaitRecords(kafka, topics.labeledImages().name(), IMAGES, labeler);
                send(kafka, muchLater());
                awaitRecords(kafka, topics.deadLetters().name(), ORPHANS, labeler);
            }
            verify(kafka);
        }
    }

    private void verify(KafkaSettings kafka) {
        List<ConsumerRecord<byte[], byte[]>> log =
                CommittedRecords.of(kafka, topics.labeledImages().name());
        isEachOnce(log);
        assertThat(count("joined")).isEqualTo(IMAGES);
        assertThat(count("duplicate")).isEqualTo(DUPLICATES);
        assertThat(count("without_image")).isEqualTo(ORPHANS);
        areTheOrphans(kafka);
        assertThat(trained(log)).isEqualTo(IMAGES / NETWORK.miniBatchSize());

        // Were one lost, or one twice, this test would see it.
        assertThatThrownBy(() -> isEachOnce(log.subList(1, log.size()))).isInstanceOf(AssertionError.class);
        List<ConsumerRecord<byte[], byte[]>> twice = new ArrayList<>(log);
        twice.add(log.getFirst());
        assertThatThrownBy(() -> isEachOnce(twice)).isInstanceOf(AssertionError.class);
        // And were images and labels joined where they lie, most would never meet.
        Map<String, Integer> where = partitions(kafka, topics.images().name());
        assertThat(partitions(kafka, topics.labels().name()).entrySet())
                .filteredOn(label -> label.getValue().equals(where.get(label.getKey())))
                .hasSizeLessThan(IMAGES / 2);
    }

    private void isEachOnce(List<ConsumerRecord<byte[], byte[]>> log) {
        Map<String, LabeledImage> byId = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : log) {
            LabeledImage value = serdes.labeledImage().deserializer().deserialize(record.topic(), record.value());
            assertThat(byId.put(text(record.key()), value)).as("one of each id").isNull();
        }
        assertThat(byId).hasSize(IMAGES);
        for (int i = 0; i < IMAGES; i++) {
            LabeledImage labeled = byId.get("id-" + i);
            assertThat(labeled.label()).isEqualTo(images.label(i));
            assertThat(labeled.image()).isEqualTo(image(i));
        }
    }

    private void areTheOrphans(KafkaSettings kafka) {
        Map<String, ConsumerRecord<byte[], byte[]>> labels = new HashMap<>();
        CommittedRecords.of(kafka, topics.labels().name())
                .forEach(label -> labels.putIfAbsent(text(label.key()), label));
        List<ConsumerRecord<byte[], byte[]>> letters =
                CommittedRecords.of(kafka, topics.deadLetters().name());
        assertThat(letters).hasSize(ORPHANS).allSatisfy(letter -> {
            ConsumerRecord<byte[], byte[]> label = labels.get(text(letter.key()));
            assertThat(text(letter.key())).startsWith("orphan-");
            assertThat(letter.value()).isEqualTo(label.value());
            // Retention counts from the rejection, so that a label from the past is not lost at once.
            assertThat(letter.timestamp())
                    .isGreaterThan(label.timestamp() + Duration.ofHours(1).toMillis());
            assertThat(header(letter, DeadLetterHeaders.TIMESTAMP)).isEqualTo(String.valueOf(label.timestamp()));
            assertThat(letter.headers().toArray()).endsWith(label.headers().toArray());
            assertThat(header(letter, DeadLetterHeaders.REASON)).isEqualTo("NO_IMAGE");
            assertThat(header(letter, DeadLetterHeaders.TOPIC))
                    .isEqualTo(topics.labels().name());
            assertThat(header(letter, DeadLetterHeaders.PARTITION)).isEqualTo(String.valueOf(label.partition()));
            assertThat(header(letter, DeadLetterHeaders.OFFSET)).isEqualTo(String.valueOf(label.offset()));
        });
        assertThat(letters).extracting(letter -> text(letter.key())).doesNotHaveDuplicates();
    }

    /// Mini-batches that a trainer learns from the log.
    private long trained(List<ConsumerRecord<byte[], byte[]>> log) {
        Training training = Training.start(new Training.Settings("digits", NETWORK, 7, 1));
        return log.stream()
                .filter(record -> training.train(
                        record.offset(),
                        serdes.labeledImage().deserializer().deserialize(record.topic(), record.value())))
                .count();
    }

    /// Half of the images, and seven in ten of their labels, each third one before its image.
    private List<ProducerRecord<String, byte[]>> firstHalf(Set<Integer> delayed) {
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
        for (int i = 0; i < IMAGES / 2; i++) {
            if (i % 10 < 3) {
                delayed.add(i);
                records.add(imageRecord(i));
            } else {
                records.add(i % 3 == 0 ? labelRecord(i) : imageRecord(i));
                records.add(i % 3 == 0 ? imageRecord(i) : labelRecord(i));
            }
        }
        for (int i = 0; i < ORPHANS / 2; i++) {
            records.add(orphan(i));
        }
        return records;
    }

    /// The labels that are missing, the other half with all labels, second labels that say something else, and
    /// labels of images that never come.
    private List<ProducerRecord<String, byte[]>> secondHalf(Set<Integer> delayed) {
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
        delayed.forEach(i -> records.add(labelRecord(i)));
        for (int i = IMAGES / 2; i < IMAGES; i++) {
            records.add(labelRecord(i));
            records.add(imageRecord(i));
        }
        for (int i = 0; i < DUPLICATES; i++) {
            int image = i * (IMAGES / DUPLICATES);
            records.add(label("id-" + image, image, (images.label(image) + 1) % 10, 3_000));
        }
        for (int i = ORPHANS / 2; i < ORPHANS; i++) {
            records.add(orphan(i));
        }
        return records;
    }

    /// Images and labels in each partition, after the window of all that came before: time is the slower of the two.
    private List<ProducerRecord<String, byte[]>> muchLater() {
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
        long time = start.plus(Duration.ofHours(3)).toEpochMilli();
        for (int i = 0; i < 16 * JOIN_PARTITIONS; i++) {
            byte[] value = serdes.image().serializer().serialize(topics.images().name(), image(i));
            records.add(new ProducerRecord<>(topics.images().name(), i % IMAGE_PARTITIONS, time, "later-" + i, value));
            byte[] label = serdes.label().serializer().serialize(topics.labels().name(), new Label(1, start));
            records.add(new ProducerRecord<>(topics.labels().name(), i % LABEL_PARTITIONS, time, "waits-" + i, label));
        }
        return records;
    }

    private ProducerRecord<String, byte[]> imageRecord(int i) {
        byte[] value = serdes.image().serializer().serialize(topics.images().name(), image(i));
        long time = start.toEpochMilli() + 10L * i;
        return new ProducerRecord<>(topics.images().name(), i % IMAGE_PARTITIONS, time, "id-" + i, value);
    }

    private ProducerRecord<String, byte[]> labelRecord(int i) {
        return label("id-" + i, i, images.label(i), 2_000);
    }

    private ProducerRecord<String, byte[]> orphan(int i) {
        ProducerRecord<String, byte[]> record = label("orphan-" + i, i, i % 10, 0);
        record.headers().add("trace", text(i));
        return record;
    }

    private ProducerRecord<String, byte[]> label(String id, int i, int label, long afterMillis) {
        Instant time = start.plusMillis(10L * i + afterMillis);
        byte[] value = serdes.label().serializer().serialize(topics.labels().name(), new Label(label, time));
        return new ProducerRecord<>(topics.labels().name(), i % LABEL_PARTITIONS, time.toEpochMilli(), id, value);
    }

    private ImageRecord image(int i) {
        return new ImageRecord(
                images.width(),
                images.height(),
                images.pixels(i),
                start.plusMillis(i).truncatedTo(ChronoUnit.MILLIS));
    }

    private static void send(KafkaSettings kafka, List<ProducerRecord<String, byte[]>> records) {
        Map<String, Object> config =
                kafka.with("max.in.flight.requests.per.connection", "1").producer();
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
            records.forEach(record -> {
                var _ = producer.send(record);
            });
        }
    }

    private Role labeler(RoleFactory roles) throws InterruptedException {
        return roles.labeler(
                new LabelerSettings(topics, Duration.ofHours(1), 64_000_000, JOIN_PARTITIONS), 2, Optional.empty());
    }

    private static void awaitRecords(KafkaSettings kafka, String topic, int number, Role labeler) {
        await().atMost(PATIENCE).pollDelay(Duration.ZERO).until(() -> {
            assertThat(labeler.stopped()).as("the labeler runs").isNotDone();
            return CommittedRecords.of(kafka, topic).size() >= number;
        });
    }

    private List<TopicSpec> specs() {
        return topics.specs(IMAGE_PARTITIONS).stream()
                .map(spec -> spec.name().equals(topics.labels().name())
                        ? new TopicSpec(spec.name(), LABEL_PARTITIONS, spec.config())
                        : spec)
                .toList();
    }

    private static Map<String, Integer> partitions(KafkaSettings kafka, String topic) {
        Map<String, Integer> partitions = new HashMap<>();
        CommittedRecords.of(kafka, topic).forEach(record -> partitions.put(text(record.key()), record.partition()));
        return partitions;
    }

    private double count(String outcome) {
        return meters.get("inkstream.labels")
                .tags("role", "labeler", "outcome", outcome)
                .counter()
                .count();
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return text(record.headers().lastHeader(name).value());
    }

    private static byte[] text(int number) {
        return String.valueOf(number).getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
