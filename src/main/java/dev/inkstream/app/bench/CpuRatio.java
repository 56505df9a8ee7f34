package dev.inkstream.app.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How much more processor time a workload needs with more threads, as the median of pairs of runs in the same round:
/// that of role and broker, for as many records. Immutable.
///
/// @param least number of threads that it ran with, which the others are compared with
/// @param pairs the ratios of the rounds, in their order; at least one
record CpuRatio(Workload workload, int threads, int least, List<Double> pairs) {
    CpuRatio {
        pairs = List.copyOf(pairs);
    }

    double median() {
        return Median.of(pairs);
    }

    /// `classifier CPU, 4 threads / 1 thread`.
    String name() {
        return "%s CPU, %d threads / %d thread%s".formatted(workload, threads, least, least == 1 ? "" : "s");
    }

    /// All ratios of workloads that ran with several numbers of threads.
    static List<CpuRatio> of(List<Measured> runs) {
        List<CpuRatio> ratios = new ArrayList<>();
        for (Workload workload :
                runs.stream().map(Measured::workload).distinct().toList()) {
            List<Measured> own =
                    runs.stream().filter(run -> run.workload() == workload).toList();
            List<Integer> threads =
                    own.stream().map(Measured::threads).distinct().sorted().toList();
            if (workload.hasThreads()) {
                threads.stream().skip(1).forEach(more -> ratios.add(of(own, more, threads.getFirst())));
            }
        }
        return List.copyOf(ratios);
    }

    private static CpuRatio of(List<Measured> runs, int threads, int least) {
        List<Double> pairs = runs.stream()
                .filter(run -> run.threads() == threads)
                .flatMap(run -> find(runs, least, run.round()).map(other -> cpu(run) / cpu(other)).stream())
                .toList();
        return new CpuRatio(runs.getFirst().workload(), threads, least, pairs);
    }

    private static Optional<Measured> find(List<Measured> runs, int threads, int round) {
        return runs.stream()
                .filter(run -> run.threads() == threads && run.round() == round)
                .findFirst();
    }

    private static double cpu(Measured run) {
        return run.window().roleCpuPerMillion() + run.window().brokerCpuPerMillion();
    }
}
