package dev.inkstream.app.bench;

import dev.inkstream.app.console.UserException;
import dev.inkstream.app.process.ProgramProcess;
import dev.inkstream.codec.AvroSerdes;
import dev.inkstream.codec.InMemorySchemaRegistry;
import dev.inkstream.dataset.Images;
import dev.inkstream.record.ImageRecord;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.Topics;
import dev.inkstream.stream.admin.KafkaFutures;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/// Sends labeled images to a trainer at a fixed rate, and follows the versions that it publishes and that an evaluator
/// makes serve.
record LearningRun(BenchCluster cluster, RoleCommands commands, LatencyOptions options) {
    private static final String MODEL = "bench";

    /// How long no version may come before the last one has come.
    private static final Duration SILENCE = Duration.ofSeconds(3);

    LearningTimes run() throws InterruptedException {
        Images set = commands.input().data().training();
        TopicFill fill = new TopicFill(cluster, set);
        Topics topics = new Topics("bench-learning.");
        fill.createStamping(topics.labeledImages(), topics, 1);
        fill.holdoutImages(topics, commands.input().data().holdout());
        try (ProgramProcess evaluator =
                        cluster.run("evaluator", commands.evaluator(topics, MODEL, 1, List.of("--promotion=holdout")));
                ProgramProcess trainer = cluster.run("trainer", commands.trainer(topics, MODEL));
                Producer<String, byte[]> producer = PacedSender.producer(cluster.settings())) {
            awaitFirst(evaluator, trainer, topics);
            Map<Long, Long> appended = new ConcurrentHashMap<>();
            PacedSender sender = new PacedSender(
                    producer,
                    images(fill, topics),
                    System::nanoTime,
                    metadata -> appended.put(metadata.offset(), metadata.timestamp()));
            LearningTimes times = new LearningTimes(options);
            follow(List.of(evaluator, trainer), sender, topics, times);
            times.resolve(appended);
            if (!times.hasServed()) {
                throw new UserException("no version was made to serve in %d s; --snapshot-every must be smaller, or"
                                .formatted(options.wholeTime().toSeconds())
                        + " --rate or --seconds larger");
            }
            return times;
        }
    }

    private LongFunction<ProducerRecord<String, byte[]>> images(TopicFill fill, Topics topics) {
        Serializer<LabeledImage> serializer =
                new AvroSerdes(fill.registry()).labeledImage().serializer();
        Images set = fill.set();
        String topic = topics.labeledImages().name();
        return number -> {
            int i = (int) (number % set.size());
            LabeledImage labeled = new LabeledImage(
                    new ImageRecord(set.width(), set.height(), set.pixels(i), Instant.now()), set.label(i));
            return new ProducerRecord<>(topic, "training-" + i, serializer.serialize(topic, labeled));
        };
    }

    /// Waits until the initial weights are evaluated: then both roles work.
    private void awaitFirst(ProgramProcess evaluator, ProgramProcess trainer, Topics topics)
            throws InterruptedException {
        try (CommittedTopics evaluations =
                CommittedTopics.open(cluster, List.of(topics.evaluations().name()))) {
            while (evaluations.poll().isEmpty()) {
                cluster.check(evaluator);
                cluster.check(trainer);
            }
        }
    }

    private void follow(List<ProgramProcess> roles, PacedSender sender, Topics topics, LearningTimes times)
            throws InterruptedException {
        String serving = topics.servingWeights().name();
        Deserializer<WeightSnapshot> snapshots =
                new AvroSerdes(new InMemorySchemaRegistry()).weightSnapshot().deserializer();
        Pace pace = new Pace(options.rate(), System.nanoTime());
        CompletableFuture<Long> sending = Sending.start(
                () -> sender.send(pace, options.count(), () -> !cluster.stop().isRequested()));
        long last = System.nanoTime();
        try (CommittedTopics versions = CommittedTopics.open(
                cluster, List.of(serving, topics.weightSnapshots().name()))) {
            while (!sending.isDone() || System.nanoTime() - last < SILENCE.toNanos()) {
                ConsumerRecords<byte[], byte[]> polled = versions.poll();
                long micros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
                last = polled.isEmpty() && sending.isDone() ? last : System.nanoTime();
                for (ConsumerRecord<byte[], byte[]> record : polled) {
                    if (MODEL.equals(new String(record.key(), StandardCharsets.UTF_8))) {
                        WeightSnapshot version = snapshots.deserialize(record.topic(), record.value());
                        times.add(
                                record.topic().equals(serving),
                                version.progress().lastOffset(),
                                micros);
                    }
                }
                for (ProgramProcess role : roles) {
                    cluster.check(role);
                }
            }
        }
        var _ = KafkaFutures.await(sending);
    }
}
