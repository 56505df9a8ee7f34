package dev.inkstream.app.bench;

import dev.inkstream.app.process.ProgramProcess;
import dev.inkstream.stream.Topics;
import java.util.ArrayList;
import java.util.Collections;
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

    /// Bytes of a record beside its pixels, about.
    private static final int BESIDE_PIXELS = 40;

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
            List<Workload> workloads = workloads(threads);
            fillShared(threads, workloads);
            for (int round = 1; round <= options.rounds(); round++) {
                round(workloads, threads, round);
            }
        }
        return List.copyOf(measured);
    }

    /// Those that have one thread run once, with the first number of threads that is asked for.
    private List<Workload> workloads(int threads) {
        boolean first = threads == options.threads().iterator().next();
        return options.workloads().stream()
                .filter(workload -> first || workload.hasThreads())
                .toList();
    }

    /// The first says how long the others will take.
    private void round(List<Workload> workloads, int threads, int round) throws InterruptedException {
        long start = System.nanoTime();
        for (Workload workload : workloads) {
            measure(workload, threads, round);
        }
        if (round == 1 && options.rounds() > 1) {
            notices.accept("the round took %,d s, and %d more follow"
                    .formatted(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start), options.rounds() - 1));
        }
    }

    private void fillShared(int threads, List<Workload> workloads) throws InterruptedException {
        Topics topics = wanted(Workload.PASS_THROUGH, threads).shared();
        fill.create(topics, options.partitions(threads));
        if (!Collections.disjoint(workloads, OF_IMAGES) && isNew(topics, threads)) {
            notices.accept(writing("images"));
            fill.images(topics, options.images());
        }
        if (!Collections.disjoint(workloads, OF_LABELED_IMAGES) && isNew(topics, threads)) {
            notices.accept(writing("labeled images"));
            fill.labeledImages(topics, options.images());
        }
    }

    private String writing(String what) {
        double gigabytes =
                1e-9 * options.images() * (fill.set().width() * fill.set().height() + BESIDE_PIXELS);
        return "writing %,d %s, about %.1f GB ...".formatted(options.images(), what, gigabytes);
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
        int used = workload.hasThreads() ? threads : 1;
        measured.add(new Measured(workload, used, round, window));
        notices.accept("%s, threads %d, round %d of %d: %,.0f/s"
                .formatted(workload, used, round, options.rounds(), window.perSecond()));
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
