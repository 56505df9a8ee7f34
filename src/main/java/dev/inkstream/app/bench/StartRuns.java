package dev.inkstream.app.bench;

import dev.inkstream.app.process.ProgramProcess;
import dev.inkstream.stream.Topic;
import dev.inkstream.stream.Topics;
import dev.inkstream.trainer.TrainerSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Starts each role, and the demo, and waits for what it does first. Each run has topics of its own, with the records
/// that the role reads. Not thread-safe.
final class StartRuns {
    private static final int PARTITIONS = 4;
    private static final String MODEL = "bench";
    private static final Duration LOOK_EVERY = Duration.ofMillis(5);
    private static final Pattern FIRST_PREDICTION = Pattern.compile("(?m)^First prediction at ");

    /// Enough for a mini-batch, and for a first commit.
    private static final long RECORDS = 5_000;

    private final BenchCluster cluster;
    private final RoleCommands commands;
    private final List<String> dataset;
    private final TopicFill fill;
    private int number;

    /// @param dataset options of the demo's images, as they were given
    StartRuns(BenchCluster cluster, RoleCommands commands, List<String> dataset) {
        this.cluster = cluster;
        this.commands = commands;
        this.dataset = List.copyOf(dataset);
        this.fill = new TopicFill(cluster, commands.input().data().training());
    }

    /// Starts each process once.
    void once(StartTimes times) throws InterruptedException {
        times.add("classifier: first prediction", classifier());
        times.add("trainer: first commit", trainer());
        times.add("labeler: first labeled image", labeler());
        times.add("evaluator: first evaluation", evaluator());
        times.add("demo: first prediction", demo());
    }

    private Duration classifier() throws InterruptedException {
        Topics topics = topics();
        fill.images(topics, RECORDS);
        fill.serve(topics, MODEL, commands.input().snapshot(MODEL));
        return untilReadable("classifier", commands.classifier(topics, MODEL, 1), topics.predictions());
    }

    private Duration labeler() throws InterruptedException {
        Topics topics = topics();
        fill.images(topics, RECORDS);
        fill.labels(topics, RECORDS);
        return untilReadable("labeler", commands.labeler(topics, 1, List.of()), topics.labeledImages());
    }

    private Duration evaluator() throws InterruptedException {
        Topics topics = topics();
        fill.holdoutImages(topics, commands.input().data().holdout());
        fill.publish(topics, commands.input().snapshot(MODEL));
        return untilReadable("evaluator", commands.evaluator(topics, MODEL, 1, List.of()), topics.evaluations());
    }

    private Duration trainer() throws InterruptedException {
        Topics topics = topics();
        fill.labeledImages(topics, RECORDS);
        try (ProgramProcess role = cluster.run("trainer", commands.trainer(topics, MODEL))) {
            GroupProgress progress = new GroupProgress(
                    cluster,
                    Watch.of(cluster, role),
                    TrainerSettings.applicationId(topics, MODEL),
                    List.of(topics.labeledImages().name()));
            while (progress.committed() == 0) {
                pause();
            }
            return since(role);
        }
    }

    private Duration demo() throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("demo", "--port", "0", "--monitor-port", "off"));
        command.addAll(dataset);
        try (ProgramProcess demo = cluster.runAlone("demo", command)) {
            Watch watch = Watch.of(cluster, demo);
            while (!FIRST_PREDICTION.matcher(demo.printed()).find()) {
                watch.check(demo.printed().length());
                pause();
            }
            return since(demo);
        }
    }

    private Topics topics() throws InterruptedException {
        number++;
        Topics topics = new Topics("bench-start-" + number + ".");
        fill.create(topics, PARTITIONS);
        return topics;
    }

    private Duration untilReadable(String name, List<String> command, Topic<?, ?> output) throws InterruptedException {
        try (CommittedTopics read = CommittedTopics.open(cluster, List.of(output.name()));
                ProgramProcess role = cluster.run(name, command)) {
            read.awaitFirst(Watch.of(cluster, role));
            return since(role);
        }
    }

    private static Duration since(ProgramProcess process) {
        return Duration.ofNanos(System.nanoTime() - process.startNanos());
    }

    private void pause() throws InterruptedException {
        if (cluster.stop().await(LOOK_EVERY)) {
            throw new InterruptedException("stopped while it was measuring");
        }
    }
}
