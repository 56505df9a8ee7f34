package dev.inkstream.app.bench;

import dev.inkstream.app.process.ProgramProcess;
import dev.inkstream.stream.Topics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Runs the workloads one after the other. Not thread-safe.
final class PipelineRuns {
    private static final Set<Workload> OF_IMAGES = EnumSet.of(
            Workload.PASS_THROUGH, Workload.COPY, Workload.CLASSIFIER, Workload.ONNX_RUNTIME, Workload.SHADOW);
    private static final Set<Workload> OF_LABELED_IMAGES = EnumSet.of(Workload.DECODE, Workload.TRAINER);

    private static final Set<Workload> WITH_OWN_TOPICS = EnumSet.of(Workload.LIVE_JOIN, Workload.LABELER);

    private final BenchCluster cluster;
    private final TopicFill fill;
    private final PipelineOptions options;
    private final Jobs jobs;
    private final Consumer<String> notices;
    private final List<Measured> measured = new ArrayList<>();
    private int number;

    /// @param notices takes a line when something begins or ends
    PipelineRuns(BenchCluster cluster, RoleCommands commands, PipelineOptions options, Consumer<String> notices) {
        this.cluster = cluster;
        this.options = options;
        this.notices = notices;
        this.fill = new TopicFill(cluster, commands.input().data().training());
        this.jobs = new Jobs(fill, commands, options);
    }

    /// All runs, in the order in which they were made.
    List<Measured> all() throws InterruptedException {
        for (int threads : options.threads()) {
            fillShared(threads);
            for (int round = 1; round <= options.rounds(); round++) {
                round(threads, round);
            }
        }
        return List.copyOf(measured);
    }

    /// The first says how long the others will take.
    private void round(int threads, int round) throws InterruptedException {
        long start = System.nanoTime();
        for (Workload workload : options.workloads()) {
            measure(workload, threads, round);
        }
        if (round == 1 && options.rounds() > 1) {
            notices.accept("the round took %,d s, and %d more follow"
                    .formatted(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start), options.rounds() - 1));
        }
    }

    private void fillShared(int threads) throws InterruptedException {
        Topics topics = wanted(Workload.PASS_THROUGH, threads).shared();
        fill.create(topics, options.partitions(threads));
        if (reads(OF_IMAGES) && isNew(topics, threads)) {
            notices.accept("writing %,d images ...".formatted(options.images()));
            fill.images(topics, options.images());
        }
        if (reads(OF_LABELED_IMAGES) && isNew(topics, threads)) {
            notices.accept("writing %,d labeled images ...".formatted(options.images()));
            fill.labeledImages(topics, options.images());
        }
    }

    private boolean reads(Collection<Workload> workloads) {
        return options.workloads().stream().anyMatch(workloads::contains);
    }

    /// Whether no earlier number of threads has filled the topics.
    private boolean isNew(Topics topics, int threads) {
        for (int earlier : options.threads()) {
            if (earlier == threads) {
                return true;
            }
            if (wanted(Workload.PASS_THROUGH, earlier).shared().equals(topics)) {
                return false;
            }
        }
        return true;
    }

    private Jobs.Wanted wanted(Workload workload, int threads) {
        return new Jobs.Wanted(workload, threads, options.partitions(threads), number);
    }

    private void measure(Workload workload, int threads, int round) throws InterruptedException {
        number++;
        Jobs.Wanted run = wanted(workload, threads);
        if (WITH_OWN_TOPICS.contains(workload)) {
            notices.accept("writing %,d pairs for the %s ...".formatted(options.images(), workload));
        }
        Job job = jobs.prepare(run);
        RateWindow window = measure(workload, job);
        jobs.cleanUp(run, job.group());
        measured.add(new Measured(workload, threads, round, window));
        notices.accept("%s, threads %d, round %d of %d: %,.0f/s"
                .formatted(workload, threads, round, options.rounds(), window.perSecond()));
    }

    private RateWindow measure(Workload workload, Job job) throws InterruptedException {
        try (ProgramProcess role = job.start(cluster, workload.toString())) {
            return RateWindow.of(
                    new GroupProgress(cluster, Watch.of(cluster, role), job.group(), job.inputs()),
                    options.images(),
                    () -> new RateWindow.Reading(
                            System.nanoTime(),
                            role.cpu(),
                            cluster.broker().process().cpu()));
        }
    }
}
