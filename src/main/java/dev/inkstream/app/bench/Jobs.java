package dev.inkstream.app.bench;

import dev.inkstream.app.console.UserException;
import dev.inkstream.classifier.ClassifierSettings;
import dev.inkstream.evaluator.EvaluatorSettings;
import dev.inkstream.interchange.WeightsFormat;
import dev.inkstream.stream.Topics;
import dev.inkstream.trainer.TrainerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Prepares the runs of workloads: each is a consumer group of its own, so that it reads its topics from their
/// beginning.
record Jobs(TopicFill fill, RoleCommands commands, PipelineOptions options) {
    private static final long MEGA = 1_000_000;

    /// Bytes that the live join holds of an image, at most.
    private static final long OUTCOME_BYTES = 400;

    /// Bytes that the labeler holds of a label whose image it has not read yet, at most.
    private static final long LABEL_BYTES = 600;

    /// A run to prepare.
    ///
    /// @param partitions of its topics
    /// @param number of the run, which no other has
    record Wanted(Workload workload, int threads, int partitions, int number) {
        /// Topics that runs with as many partitions share.
        Topics shared() {
            return new Topics("bench-p" + partitions + ".");
        }

        /// Topics of this run alone.
        Topics own() {
            return new Topics("bench-" + number + ".");
        }

        /// A model of this run alone.
        String model() {
            return "bench-" + number;
        }
    }

    Job prepare(Wanted run) throws InterruptedException {
        return switch (run.workload()) {
            case PASS_THROUGH -> copy(CopyMode.PASS_THROUGH, run);
            case COPY -> copy(CopyMode.COPY, run);
            case DECODE -> decode(run);
            case CLASSIFIER -> classifier(run, false);
            case ONNX_RUNTIME -> onnxRuntime(run);
            case SHADOW -> classifier(run, true);
            case TRAINER -> trainer(run);
            case LIVE_JOIN -> liveJoin(run);
            case LABELER -> labeler(run);
        };
    }

    private Job copy(CopyMode mode, Wanted run) {
        Topics topics = run.shared();
        String group = topics.prefix() + mode + "-" + run.number();
        return new Job(
                commands.copy(mode, topics, group, run.threads()),
                group,
                List.of(topics.images().name()),
                topics);
    }

    private Job decode(Wanted run) {
        Topics topics = run.shared();
        String group = topics.prefix() + CopyMode.DECODE + "-" + run.number();
        return new Job(
                commands.copy(CopyMode.DECODE, topics, group, 1),
                group,
                List.of(topics.labeledImages().name()),
                topics);
    }

    private Job classifier(Wanted run, boolean shadow) throws InterruptedException {
        Topics topics = run.shared();
        String model = run.model();
        fill.serve(topics, model, commands.input().snapshot(model));
        if (shadow) {
            fill.serve(topics, Topics.shadowKey(model), commands.input().snapshot(model));
        }
        return new Job(
                commands.classifier(topics, model, run.threads()),
                new ClassifierSettings(topics, model, commands.input().format()).applicationId(),
                List.of(topics.images().name()),
                topics);
    }

    private Job onnxRuntime(Wanted run) {
        Topics topics = run.shared();
        String group = topics.prefix() + run.workload() + "-" + run.number();
        Path network = fill.cluster().files().path().resolve(run.number() + ".onnx");
        byte[] bytes = WeightsFormat.ONNX.write(commands.input().snapshot(run.model()));
        try {
            Files.write(network, bytes);
        } catch (IOException e) {
            throw new UserException("cannot write %s: %s".formatted(network, e.getMessage()), e);
        }
        return new Job(
                Optional.of(options.onnxProgram()),
                commands.onnxRuntime(network, topics, group, run.threads()),
                group,
                List.of(topics.images().name()),
                topics);
    }

    private Job trainer(Wanted run) {
        Topics topics = run.shared();
        return new Job(
                commands.trainer(topics, run.model()),
                TrainerSettings.applicationId(topics, run.model()),
                List.of(topics.labeledImages().name()),
                topics);
    }

    private Job liveJoin(Wanted run) throws InterruptedException {
        Topics topics = run.own();
        fill.create(topics, run.partitions());
        fill.outcomes(topics, run.model(), options.images());
        List<String> room = List.of(
                "--live-partitions=" + Math.max(4, run.threads()),
                "--label-memory=" + Math.max(128, options.images() * OUTCOME_BYTES / MEGA));
        return new Job(
                commands.evaluator(topics, run.model(), run.threads(), room),
                EvaluatorSettings.applicationId(topics, run.model()),
                List.of(topics.predictions().name(), topics.labels().name()),
                topics);
    }

    private Job labeler(Wanted run) throws InterruptedException {
        Topics topics = run.own();
        fill.create(topics, run.partitions());
        fill.images(topics, options.images());
        fill.labels(topics, options.images());
        List<String> room = List.of(
                "--label-partitions=" + Math.max(8, run.threads()),
                "--label-memory=" + Math.max(256, options.images() * LABEL_BYTES / MEGA));
        return new Job(
                commands.labeler(topics, run.threads(), room),
                topics.prefix() + "labeler",
                List.of(topics.images().name(), topics.labels().name()),
                topics);
    }

    /// Deletes what a run has left, so that the next has as much room.
    ///
    /// @param group of the job, whose process has ended
    void cleanUp(Wanted run, String group) throws InterruptedException {
        fill.deleteInternal(group);
        switch (run.workload()) {
            case LIVE_JOIN, LABELER -> fill.delete(run.own());
            case PASS_THROUGH, COPY, CLASSIFIER, ONNX_RUNTIME, SHADOW ->
                fill.empty(run.shared().predictions());
            case DECODE, TRAINER -> {
                // One writes nothing, the other little.
            }
        }
    }
}
