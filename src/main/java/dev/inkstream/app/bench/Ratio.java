package dev.inkstream.app.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How fast one workload is compared with another, as the median of pairs of runs in the same round. Immutable.
///
/// @param pairs the ratios of the rounds, in their order; at least one
record Ratio(Workload of, Workload to, int threads, List<Double> pairs) {
    /// The pairs of workloads that are compared.
    private static final List<List<Workload>> COMPARED = List.of(
            List.of(Workload.CLASSIFIER, Workload.PASS_THROUGH),
            List.of(Workload.CLASSIFIER, Workload.COPY),
            List.of(Workload.CLASSIFIER, Workload.ONNX_RUNTIME),
            List.of(Workload.SHADOW, Workload.CLASSIFIER),
            List.of(Workload.TRAINER, Workload.DECODE),
            List.of(Workload.LIVE_JOIN, Workload.CLASSIFIER));

    Ratio {
        pairs = List.copyOf(pairs);
    }

    double median() {
        return Median.of(pairs);
    }

    /// All ratios of workloads that ran in the same rounds.
    static List<Ratio> of(List<Measured> runs) {
        List<Integer> threads = runs.stream().map(Measured::threads).distinct().toList();
        List<Ratio> ratios = new ArrayList<>();
        for (List<Workload> pair : COMPARED) {
            for (int number : threads) {
                List<Double> pairs = pairs(runs, pair, number);
                if (!pairs.isEmpty()) {
                    ratios.add(new Ratio(pair.getFirst(), pair.getLast(), number, pairs));
                }
            }
        }
        return ratios;
    }

    private static List<Double> pairs(List<Measured> runs, List<Workload> pair, int threads) {
        List<Double> ratios = new ArrayList<>();
        for (Measured of : runs) {
            if (of.workload() == pair.getFirst() && of.threads() == threads) {
                find(runs, pair.getLast(), of)
                        .ifPresent(to ->
                                ratios.add(of.window().perSecond() / to.window().perSecond()));
            }
        }
        return ratios;
    }

    private static Optional<Measured> find(List<Measured> runs, Workload workload, Measured beside) {
        return runs.stream()
                .filter(run -> run.workload() == workload
                        && run.threads() == beside.threads()
                        && run.round() == beside.round())
                .findFirst();
    }
}
