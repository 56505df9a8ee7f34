package dev.inkstream.app.bench;

import dev.inkstream.app.console.UserException;
import dev.inkstream.app.process.ProgramProcess;
import dev.inkstream.dataset.Images;
import dev.inkstream.stream.Topics;
import dev.inkstream.stream.admin.KafkaFutures;
import dev.inkstream.trainer.Training;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.Producer;

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
            AppendTimes appended = new AppendTimes(options.count());
            PacedSender sender = new PacedSender(
                    producer,
                    SentRecords.of(fill, topics).labeledImages(),
                    System::nanoTime,
                    metadata -> appended.add(metadata.offset(), metadata.timestamp()));
            LearningTimes times = new LearningTimes(options);
            follow(Watch.within(patience(), cluster, List.of(evaluator, trainer)), sender, topics, times);
            return resolved(times, appended);
        }
    }

    /// A version may come as seldom as its images are sent.
    private Duration patience() {
        Training.Settings training = commands.input().training();
        double images = (double) training.snapshotEvery() * training.config().miniBatchSize();
        return Watch.USUAL.plusSeconds((long) (images / options.rate()));
    }

    /// Waits until the initial weights are evaluated: then both roles work.
    private void awaitFirst(ProgramProcess evaluator, ProgramProcess trainer, Topics topics)
            throws InterruptedException {
        try (CommittedTopics evaluations =
                CommittedTopics.open(cluster, List.of(topics.evaluations().name()))) {
            evaluations.awaitFirst(Watch.of(cluster, trainer, evaluator));
        }
    }

    private void follow(Watch watch, PacedSender sender, Topics topics, LearningTimes times)
            throws InterruptedException {
        Pace pace = new Pace(options.rate(), System.nanoTime());
        CompletableFuture<Long> sending = Sending.start(
                () -> sender.send(pace, options.count(), () -> !cluster.stop().isRequested()));
        long last = System.nanoTime();
        try (ReadVersions versions = ReadVersions.open(cluster, topics, MODEL)) {
            for (long read = 0; !sending.isDone() || System.nanoTime() - last < SILENCE.toNanos(); ) {
                int came = versions.poll(times);
                read += came;
                last = came == 0 && sending.isDone() ? last : System.nanoTime();
                watch.check(read);
            }
        }
        var _ = KafkaFutures.await(sending);
    }

    private LearningTimes resolved(LearningTimes times, AppendTimes appended) {
        times.resolve(appended);
        if (!times.hasServed()) {
            throw new UserException("no version was made to serve in %d s; --snapshot-every must be smaller, or"
                            .formatted(options.wholeTime().toSeconds())
                    + " --rate or --seconds larger");
        }
        return times;
    }
}
