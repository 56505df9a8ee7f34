package dev.inkstream.app.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.inkstream.app.broker.EmbeddedBroker;
import dev.inkstream.app.cluster.KafkaSettings;
import dev.inkstream.app.topics.TopicCreation;
import dev.inkstream.codec.AvroSerdes;
import dev.inkstream.codec.InMemorySchemaRegistry;
import dev.inkstream.record.Label;
import dev.inkstream.record.LiveEvaluation;
import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.Prediction;
import dev.inkstream.record.Sha256;
import dev.inkstream.stream.TopicSpec;
import dev.inkstream.stream.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kills a real evaluator process with SIGKILL in the midst of predictions, and again in the midst of labels, and
/// compares the sum of what it publishes with a plain count of what was sent.
final class LiveAccuracyCrashIT {
    private static final int PREDICTIONS = 10_000;
    private static final int VERSIONS = 4;
    private static final int CLASSES = 10;

    /// One in a hundred of the predictions each.
    private static final int PART = PREDICTIONS / 100;

    /// Ids enough for each partition of the join to have one.
    private static final int EVERYWHERE = 64;

    private static final int PREDICTION_PARTITIONS = 3;
    private static final int LABEL_PARTITIONS = 5;
    /// Yesterday: a broker refuses what lies ahead, and deletes what is old.
    private final Instant start = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofDays(1));

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Topics topics = new Topics("live.");
    private final AvroSerdes serdes = new AvroSerdes(new InMemorySchemaRegistry());
    private final Random random = new Random(20_261_124);
    private final Map<Long, Expected> expected = new TreeMap<>();

    /// Counts of one version; of -1, those without one.
    private static final class Expected {
        private final long[] confusion = new long[CLASSES * CLASSES];
        private long late;
        private long duplicates;
        private long withoutLabel;
        private long withoutPrediction;

        @Override
        public String toString() {
            return java.util.Arrays.toString(confusion) + " late " + late + ", duplicates " + duplicates
                    + ", without label " + withoutLabel + ", without prediction " + withoutPrediction;
        }
    }

    private final List<ProducerRecord<String, byte[]>> predictions = new ArrayList<>();
    private final List<ProducerRecord<String, byte[]>> labels = new ArrayList<>();
    private final List<ProducerRecord<String, byte[]>> lateLabels = new ArrayList<>();

    /// The cluster, and where the evaluator logs.
    private record Setting(String address, KafkaSettings kafka, Admin admin, Path log) {}

    @Test
    void killedEvaluatorCountsEachLabelOnce(@TempDir Path logs) throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(0);
                Admin admin = Admin.create(KafkaSettings.at(broker.address()).admin())) {
            KafkaSettings kafka = KafkaSettings.at(broker.address());
            Setting setting = new Setting(broker.address(), kafka, admin, logs.resolve("evaluator.log"));
            TopicCreation.create(admin, specs(), Optional.empty());
            for (int i = 0; i < PREDICTIONS; i++) {
                make(i);
            }
            orphans();

            sendAndKillTwice(setting);
            letTimeGoOn(setting);

            List<LiveEvaluation> published = evaluations(kafka);
            assertThat(published.stream().map(live -> live.version() + " " + live.window()))
                    .as("windows of versions")
                    .doesNotHaveDuplicates();
            assertThat(sums(published)).isEqualTo(texts(expected));
            assertThat(CommittedRecords.of(kafka, topics.deadLetters().name())).isEmpty();
            assertThat(admin.listTransactions().all().get())
                    .as("each process ends the transaction of the one before it")
                    .extracting(TransactionListing::transactionalId)
                    .containsExactly(topics.prefix() + "evaluator-digits@evaluator-1");
        }
    }

    /// Killed among predictions and labels, and again among labels.
    private void sendAndKillTwice(Setting setting) throws IOException {
        int delayed = labels.size() * 7 / 10;
        Process first = evaluator(setting);
        send(setting.kafka(), predictions.subList(0, PREDICTIONS / 2));
        send(setting.kafka(), labels.subList(0, delayed));
        awaitRead(setting.admin(), first, topics.labels().name(), delayed / 2);
        kill(first);

        send(setting.kafka(), predictions.subList(PREDICTIONS / 2, PREDICTIONS));
        Process second = evaluator(setting);
        awaitRead(setting.admin(), second, topics.predictions().name(), PREDICTIONS);
        send(setting.kafka(), labels.subList(delayed, labels.size()));
        awaitRead(setting.admin(), second, topics.labels().name(), (delayed + labels.size()) / 2);
        kill(second);
    }

    /// Here hours pass in a moment: not before all that belongs to them has been joined.
    private void letTimeGoOn(Setting setting) throws IOException {
        Process evaluator = evaluator(setting);
        awaitRead(setting.admin(), evaluator, topics.labels().name(), labels.size());
        awaitJoined(setting);
        send(setting.kafka(), predictionsAt(96));
        awaitRead(setting.admin(), evaluator, topics.predictions().name(), PREDICTIONS + EVERYWHERE);
        awaitJoined(setting);
        send(setting.kafka(), lateLabels);
        awaitRead(setting.admin(), evaluator, topics.labels().name(), labels.size() + lateLabels.size());
        awaitJoined(setting);
        // Time is the slower of the two kinds: it advances when both have. These labels wait to the end.
        send(setting.kafka(), predictionsAt(600));
        send(
                setting.kafka(),
                IntStream.range(0, EVERYWHERE)
                        .mapToObj(i -> label("end-label-" + i, 1, start.plus(Duration.ofHours(10))))
                        .toList());
        // What is over at one record is published in one transaction, that in which the orphans' windows are.
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).until(() -> {
            assertThat(evaluator.isAlive()).as("the evaluator runs").isTrue();
            return evaluations(setting.kafka()).stream()
                    .anyMatch(live -> live.window().end().isAfter(start.plus(Duration.ofMinutes(150))));
        });
        kill(evaluator);
    }

    private List<TopicSpec> specs() {
        return topics.specs(PREDICTION_PARTITIONS).stream()
                .map(spec -> spec.name().equals(topics.labels().name())
                        ? new TopicSpec(spec.name(), LABEL_PARTITIONS, spec.config())
                        : spec)
                .toList();
    }

    /// A prediction, and what comes of it: no label, a late one, one, or one and a duplicate. Time goes by at 100 a
    /// second; labels come up to half an hour before or after, so that most come out of order.
    private void make(int i) {
        long version = (long) i * VERSIONS / PREDICTIONS;
        int truth = random.nextInt(CLASSES);
        int predicted = random.nextInt(10) < 9 ? truth : random.nextInt(CLASSES);
        Instant at = start.plus(Duration.ofMinutes(30)).plusMillis(10L * i);
        predictions.add(prediction("i-" + i, predicted, version, at));
        Expected counts = expected.computeIfAbsent(version, v -> new Expected());
        int kind = random.nextInt(PREDICTIONS) / PART;
        if (kind == 0) {
            counts.withoutLabel++;
            return;
        }
        if (kind == 1) {
            counts.withoutLabel++;
            counts.late++;
            lateLabels.add(label("i-" + i, truth, start.plus(Duration.ofMinutes(100))));
            return;
        }
        counts.confusion[truth * CLASSES + predicted]++;
        Instant labeledAt = at.plusSeconds(random.nextInt(1_700) - 850);
        labels.add(label("i-" + i, truth, labeledAt));
        if (kind == 2) {
            counts.duplicates++;
            labels.add(label("i-" + i, truth, labeledAt.plusMillis(1)));
        }
    }

    /// Spread among the labels.
    private void orphans() {
        Expected counts = expected.computeIfAbsent(-1L, v -> new Expected());
        for (int i = 0; i < PART; i++) {
            counts.withoutPrediction++;
            labels.add(random.nextInt(labels.size()), label("o-" + i, 1, start.plus(Duration.ofMinutes(30))));
        }
    }

    private ProducerRecord<String, byte[]> prediction(String id, int label, long version, Instant at) {
        Prediction prediction = new Prediction(
                id,
                label,
                new float[CLASSES],
                new ModelVersion("digits", version, Sha256.of(new byte[0])),
                new Prediction.Position(0, 0),
                at);
        return new ProducerRecord<>(
                topics.predictions().name(),
                random.nextInt(PREDICTION_PARTITIONS),
                at.toEpochMilli(),
                id,
                serdes.prediction().serializer().serialize("", prediction));
    }

    /// Any partition will do, whatever those of the predictions; those of one image go to the same one, since their
    /// order counts.
    private ProducerRecord<String, byte[]> label(String id, int label, Instant at) {
        return new ProducerRecord<>(
                topics.labels().name(),
                Math.floorMod(id.hashCode(), LABEL_PARTITIONS),
                at.toEpochMilli(),
                id,
                serdes.label().serializer().serialize("", new Label(label, at)));
    }

    /// Predictions of so many ids that each partition of the join has some.
    private List<ProducerRecord<String, byte[]>> predictionsAt(int minute) {
        Instant at = start.plus(Duration.ofMinutes(minute));
        if (minute < 120) {
            expected.computeIfAbsent(99L, v -> new Expected()).withoutLabel += EVERYWHERE;
        }
        return IntStream.range(0, EVERYWHERE)
                .mapToObj(i -> prediction("end-" + minute + "-" + i, 0, 99, at))
                .toList();
    }

    private static void send(KafkaSettings kafka, List<ProducerRecord<String, byte[]>> records) {
        Map<String, Object> config = new HashMap<>(kafka.producer());
        config.put("max.in.flight.requests.per.connection", 1);
        try (var producer = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent =
                    records.stream().map(producer::send).toList();
            producer.flush();
            assertThat(sent).allMatch(one -> one.state() == Future.State.SUCCESS);
        }
    }

    private Process evaluator(Setting setting) throws IOException {
        return ChildProcess.start(
                setting.log(),
                "evaluator",
                "--bootstrap-server",
                setting.address(),
                "--topic-prefix",
                topics.prefix(),
                "--label-window",
                "1h",
                "--evaluate-every",
                "5m");
    }

    private static void kill(Process process) {
        process.destroyForcibly();
        await().atMost(PATIENCE).until(() -> !process.isAlive());
    }

    /// Waits until the evaluator has committed that it read so many records of a topic.
    private void awaitRead(Admin admin, Process evaluator, String topic, long records) {
        String group = topics.prefix() + "evaluator-digits";
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .until(() -> {
                    if (!evaluator.isAlive()) {
                        throw new AssertionError("the evaluator has stopped");
                    }
                    return admin
                                    .listConsumerGroupOffsets(group)
                                    .partitionsToOffsetAndMetadata()
                                    .get()
                                    .entrySet()
                                    .stream()
                                    .filter(offset -> offset.getKey().topic().equals(topic))
                                    .mapToLong(offset -> offset.getValue().offset())
                                    .sum()
                            >= records;
                });
    }

    /// Waits until the join has committed that it read all that is committed on its internal topic, and the sum that it
    /// read all that the join sent.
    private void awaitJoined(Setting setting) {
        awaitReadToTheEnd(setting, "outcome-events-by-image-id-repartition");
        awaitReadToTheEnd(setting, "counted-outcomes-repartition");
    }

    private void awaitReadToTheEnd(Setting setting, String internal) {
        String group = topics.prefix() + "evaluator-digits";
        Map<TopicPartition, Long> last = new HashMap<>();
        CommittedRecords.of(setting.kafka(), group + "-" + internal)
                .forEach(record ->
                        last.merge(new TopicPartition(record.topic(), record.partition()), record.offset(), Math::max));
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .until(() -> {
                    Map<TopicPartition, OffsetAndMetadata> committed = setting.admin()
                            .listConsumerGroupOffsets(group)
                            .partitionsToOffsetAndMetadata()
                            .get();
                    return last.entrySet().stream()
                            .allMatch(entry -> committed.get(entry.getKey()).offset() > entry.getValue());
                });
    }

    private List<LiveEvaluation> evaluations(KafkaSettings kafka) {
        Deserializer<LiveEvaluation> live = serdes.liveEvaluation().deserializer();
        return CommittedRecords.of(kafka, topics.liveEvaluations().name()).stream()
                .map(record -> live.deserialize(record.topic(), record.value()))
                .toList();
    }

    private static Map<Long, String> sums(List<LiveEvaluation> published) {
        Map<Long, Expected> sums = new TreeMap<>();
        for (LiveEvaluation live : published) {
            Expected sum = sums.computeIfAbsent(live.version().orElse(-1), v -> new Expected());
            long[] confusion = live.confusion().counts();
            for (int i = 0; i < confusion.length; i++) {
                sum.confusion[i] += confusion[i];
            }
            sum.late += live.unmatched().lateLabels();
            sum.duplicates += live.unmatched().duplicateLabels();
            sum.withoutLabel += live.unmatched().predictionsWithoutLabel();
            sum.withoutPrediction += live.unmatched().labelsWithoutPrediction();
        }
        return texts(sums);
    }

    private static Map<Long, String> texts(Map<Long, Expected> counts) {
        Map<Long, String> texts = new TreeMap<>();
        counts.forEach((version, sum) -> texts.put(version, sum.toString()));
        return texts;
    }
}
