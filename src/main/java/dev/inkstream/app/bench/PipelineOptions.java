package dev.inkstream.app.bench;

import dev.inkstream.app.console.OptionRange;
import dev.inkstream.app.console.UsageException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/// What `bench pipeline` measures, and how often.
final class PipelineOptions {
    private static final int MAX_THREADS = 64;
    private static final int MAX_PARTITIONS = 1_000;
    private static final int MAX_PAIRS = 1_000;

    /// A first commit comes after some thousand records, and there must be some after it.
    private static final long MIN_IMAGES = 10_000;

    private static final long MAX_IMAGES = 1_000_000_000;

    @Option(
            names = "--workloads",
            paramLabel = "NAME",
            split = ",",
            defaultValue = "pass-through,classifier,decode,trainer,live-join",
            description = "pass-through (bytes of images forwarded), copy (images decoded and encoded), classifier,"
                    + " onnx-runtime (a classifier with ONNX Runtime instead of the network; in a checkout), shadow (a classifier with one), decode (labeled images decoded), trainer, live-join (an"
                    + " evaluator that joins predictions with labels), labeler (default: ${DEFAULT-VALUE}).")
    private List<Workload> workloads = List.of();

    @Option(
            names = "--images",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "Records that each workload reads (default: ${DEFAULT-VALUE}).")
    private long images = 1_000_000;

    @Option(
            names = "--threads",
            paramLabel = "N",
            split = ",",
            defaultValue = "1",
            description = "Stream threads of a workload; several numbers are measured one after the other. Trainer and"
                    + " decode have one (default: ${DEFAULT-VALUE}).")
    private List<Integer> threads = List.of(1);

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "0",
            description = "Partitions of the topics; 0 for as many as threads (default: ${DEFAULT-VALUE}).")
    private int partitions;

    @Option(
            names = "--pairs",
            paramLabel = "N",
            defaultValue = "3",
            description = "Rounds in which all workloads run one after the other; a ratio is the median of the pairs of"
                    + " each round (default: ${DEFAULT-VALUE}).")
    private int pairs = 3;

    @Option(
            names = "--onnx-class-path",
            hidden = true,
            paramLabel = "PATH",
            description = "Class path of the program that has ONNX Runtime; the launcher gives it.")
    private String onnxClassPath = "";

    /// @throws UsageException when a number is out of range, or a program is not there
    void check() {
        if (workloads.contains(Workload.ONNX_RUNTIME) && onnxClassPath.isEmpty()) {
            throw new UsageException(
                    "--workloads has onnx-runtime; it must have others only, or ./inkstream must run it in a checkout");
        }
        new OptionRange("--images", MIN_IMAGES, MAX_IMAGES).check(images);
        OptionRange each = new OptionRange("--threads", 1, MAX_THREADS);
        threads.forEach(each::check);
        new OptionRange("--partitions", 0, MAX_PARTITIONS).check(partitions);
        new OptionRange("--pairs", 1, MAX_PAIRS).check(pairs);
    }

    /// The program that has ONNX Runtime.
    Program onnxProgram() {
        return new Program(onnxClassPath, "dev.inkstream.bench.OnnxClassifier");
    }

    /// In the order in which they run.
    Set<Workload> workloads() {
        return new LinkedHashSet<>(workloads);
    }

    long images() {
        return images;
    }

    /// Numbers of threads, in the order in which they are measured.
    Set<Integer> threads() {
        return new LinkedHashSet<>(threads);
    }

    int partitions(int threadCount) {
        return partitions == 0 ? threadCount : partitions;
    }

    int rounds() {
        return pairs;
    }
}
