package dev.inkstream.app.bench;

import dev.inkstream.app.console.UserException;
import dev.inkstream.app.process.ProgramProcess;
import dev.inkstream.dataset.Images;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.Topics;
import dev.inkstream.stream.admin.KafkaFutures;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Sends images to a classifier at a fixed rate, and reads their predictions. The broker gives each image the time of
/// its append, which is the timestamp of its prediction too.
record LatencyRun(BenchCluster cluster, RoleCommands commands, LatencyOptions options, int threads) {
    private static final String MODEL = "bench";

    /// Key of an image that is no part of the measurement.
    private static final String FIRST = "first";

    /// How long predictions may stay away once all images are sent.
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// What was measured.
    ///
    /// @param swaps versions that were made to serve
    record Result(Latencies latencies, long swaps) {}

    Result run() throws InterruptedException {
        Images set = commands.input().data().training();
        TopicFill fill = new TopicFill(cluster, set);
        Topics topics = new Topics("bench-latency.");
        fill.createStamping(topics.images(), topics, threads);
        WeightSnapshot first = commands.input().snapshot(MODEL);
        fill.serve(topics, MODEL, first);
        try (ProgramProcess role = cluster.run("classifier", commands.classifier(topics, MODEL, threads));
                Producer<String, byte[]> producer = PacedSender.producer(cluster.settings());
                CommittedTopics predictions = CommittedTopics.open(
                        cluster, List.of(topics.predictions().name()));
                Swapper swapper = new Swapper(
                        WeightsProducer.open(cluster.settings(), fill.registry(), topics.servingWeights()),
                        new ProducerRecord<>(topics.servingWeights().name(), MODEL, first),
                        options.slices(),
                        options.swapEvery())) {
            PacedSender sender =
                    new PacedSender(producer, SentRecords.of(fill, topics).images(), System::nanoTime, metadata -> {});
            ProducerRecord<String, byte[]> image = sender.records().apply(0);
            KafkaFutures.await(producer.send(new ProducerRecord<>(image.topic(), FIRST, image.value())));
            predictions.awaitFirst(Watch.of(cluster, role));
            return new Result(measure(role, sender, predictions, swapper), swapper.swapped());
        }
    }

    private Latencies measure(ProgramProcess role, PacedSender sender, CommittedTopics predictions, Swapper swapper)
            throws InterruptedException {
        Latencies latencies = new Latencies(options.slices(), options.hasSwaps());
        Pace pace = new Pace(options.rate(), System.nanoTime());
        CompletableFuture<Long> sending = Sending.start(
                () -> sender.send(pace, options.count(), () -> !cluster.stop().isRequested()));
        Watch watch = Watch.of(cluster, role);
        Patience end = new Patience(PATIENCE, System::nanoTime);
        try (Swaps _ = Swaps.start(swapper, () -> System.nanoTime() - pace.startNanos())) {
            for (long read = 0; read < options.count(); ) {
                ConsumerRecords<byte[], byte[]> polled = predictions.poll();
                add(polled, pace, System.nanoTime(), latencies);
                read += polled.count();
                boolean late = end.isOver(read);
                watch.check(read);
                if (sending.isDone() && read < KafkaFutures.await(sending) && late) {
                    throw new UserException("predictions of %,d of %,d images are missing after %d s"
                            .formatted(options.count() - read, options.count(), PATIENCE.toSeconds()));
                }
            }
        }
        return latencies;
    }

    private static void add(ConsumerRecords<byte[], byte[]> polled, Pace pace, long nanos, Latencies latencies) {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        for (ConsumerRecord<byte[], byte[]> prediction : polled) {
            long number = Long.parseLong(new String(prediction.key(), StandardCharsets.UTF_8));
            latencies.add(
                    pace.sinceStart(number),
                    micros - prediction.timestamp() * 1_000,
                    nanos - pace.intendedNanos(number));
        }
    }
}
