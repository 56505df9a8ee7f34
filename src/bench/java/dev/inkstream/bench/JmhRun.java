package dev.inkstream.bench;

import dev.inkstream.app.console.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/// Runs one benchmark after another with JMH, each in two processes of its own, which have the JVM options of this one:
/// what the JIT compiler makes of a method differs from process to process more than from iteration to iteration.
///
/// @param directory has the inputs, the logs, and PyTorch's library as it is unpacked
/// @param iterations that are measured in each process
record JmhRun(Path directory, int iterations) {
    private static final int PROCESSES = 2;
    private static final int WARM_UP = 3;
    private static final TimeValue TIME = TimeValue.seconds(2);

    /// The files of [Inputs].
    Inputs inputs() {
        return new Inputs(directory.resolve("inputs"));
    }

    /// @throws UserException if the benchmark fails
    Measurement measure(Case benchmark) {
        Path log = directory.resolve("jmh.log");
        try {
            return measurement(benchmark, new Runner(options(benchmark, log).build()).runSingle());
        } catch (RunnerException e) {
            throw new UserException("%s failed (%s): see %s".formatted(benchmark.text(), e.getMessage(), log), e);
        }
    }

    /// From calls a second to images a second.
    private static Measurement measurement(Case benchmark, RunResult result) {
        Result<?> mean = result.getPrimaryResult();
        List<Double> iterations = result.getBenchmarkResults().stream()
                .flatMap(process -> process.getIterationResults().stream())
                .map(iteration -> iteration.getPrimaryResult().getScore() * benchmark.batch())
                .toList();
        return new Measurement(
                benchmark, mean.getScore() * benchmark.batch(), mean.getScoreError() * benchmark.batch(), iterations);
    }

    private ChainedOptionsBuilder options(Case benchmark, Path log) {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + Pattern.quote(benchmark.benchmark().getName()) + "\\.")
                .param("directory", inputs().directory().toString())
                .param("model", benchmark.model().name())
                .threads(1)
                .forks(PROCESSES)
                .warmupIterations(WARM_UP)
                .warmupTime(TIME)
                .measurementIterations(iterations)
                .measurementTime(TIME)
                .shouldFailOnError(true)
                .output(log.toString());
        return switch (benchmark.engine()) {
            case INKSTREAM -> options;
            case ONNX_RUNTIME -> options.param("batch", Integer.toString(benchmark.batch()));
            case PYTORCH -> options.jvmArgsAppend(djl());
        };
    }

    /// DJL is to find PyTorch in its jar, to load nothing from the network and to report nothing to anyone.
    private String[] djl() {
        return new String[] {
            "-Dai.djl.offline=true",
            "-DOPT_OUT_TRACKING=true",
            "-DDJL_CACHE_DIR=" + directory.resolve("djl"),
            "-Dai.djl.pytorch.num_threads=1",
            "-Dai.djl.pytorch.num_interop_threads=1"
        };
    }

    /// Makes the directory.
    ///
    /// @throws UserException if it cannot be made
    void prepare() {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UserException("%s cannot be made (%s)".formatted(directory, e.getMessage()), e);
        }
    }
}
