package dev.inkstream.app.bench;

import dev.inkstream.stream.Topics;
import java.nio.file.Path;
import java.util.List;

/// The command lines of the roles that are measured. Immutable.
///
/// @param network options of the trainer, as they were given
record RoleCommands(BenchInput input, List<String> network, ProcessingOptions processing) {
    List<String> classifier(Topics topics, String model, int threads) {
        return line(List.of(
                List.of("classifier", "--model", model),
                common(topics),
                monitoring(),
                images(),
                threads(threads),
                processing.ofClassifier()));
    }

    List<String> trainer(Topics topics, String model) {
        return line(List.of(
                List.of("trainer", "--model", model),
                common(topics),
                monitoring(),
                images(),
                network,
                processing.ofRole()));
    }

    /// @param more further options
    List<String> evaluator(Topics topics, String model, int threads, List<String> more) {
        return line(List.of(
                List.of("evaluator", "--model", model),
                common(topics),
                monitoring(),
                images(),
                threads(threads),
                more,
                processing.ofRole()));
    }

    /// @param more further options
    List<String> labeler(Topics topics, int threads, List<String> more) {
        return line(
                List.of(List.of("labeler"), common(topics), monitoring(), threads(threads), more, processing.ofRole()));
    }

    List<String> copy(CopyMode mode, Topics topics, String applicationId, int threads) {
        return line(List.of(
                List.of("bench", "copy", "--mode", mode.toString(), "--application-id", applicationId),
                common(topics),
                images(),
                threads(threads),
                mode == CopyMode.DECODE ? processing.ofRole() : processing.ofClassifier()));
    }

    /// Of the program that has ONNX Runtime.
    ///
    /// @param file of the network, in ONNX's format
    List<String> onnxRuntime(Path file, Topics topics, String applicationId, int threads) {
        return line(List.of(
                List.of("--network", file.toString(), "--application-id", applicationId),
                common(topics),
                images(),
                threads(threads),
                processing.ofClassifier()));
    }

    private static List<String> common(Topics topics) {
        return List.of("--topic-prefix", topics.prefix());
    }

    private static List<String> monitoring() {
        return List.of("--monitor-port", "off");
    }

    private static List<String> threads(int number) {
        return List.of("--threads", Integer.toString(number));
    }

    private List<String> images() {
        return List.of(
                "--image-size",
                input.imageSize(),
                "--classes",
                Integer.toString(input.format().classes()));
    }

    private static List<String> line(List<List<String>> parts) {
        return parts.stream().flatMap(List::stream).toList();
    }
}
