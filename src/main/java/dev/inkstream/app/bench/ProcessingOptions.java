package dev.inkstream.app.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.inkstream.stream.runtime.Guarantee;
import dev.inkstream.stream.runtime.Profile;
import dev.inkstream.stream.runtime.Tuning;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How the measured processes process records. A role that gets no option has its own default.
public final class ProcessingOptions {
    @Option(
            names = "--guarantee",
            paramLabel = "GUARANTEE",
            description = "Guarantee of the classifier: exactly-once or at-least-once (default: exactly-once).")
    private @Nullable Guarantee guarantee;

    @Option(
            names = "--tuned-for",
            paramLabel = "GOAL",
            description = "What the roles' settings favor: throughput or latency (default: throughput).")
    private @Nullable Tuning tunedFor;

    /// Arguments of a classifier, and of what stands for it.
    List<String> ofClassifier() {
        List<String> arguments = new ArrayList<>(ofRole());
        if (guarantee != null) {
            arguments.add("--guarantee=" + guarantee);
        }
        return arguments;
    }

    /// Arguments of every other role.
    List<String> ofRole() {
        return tunedFor == null ? List.of() : List.of("--tuned-for=" + Workload.written(tunedFor));
    }

    /// What the classifier runs with, by the names in the settings.
    Map<String, JsonNode> effective() {
        return Map.of(
                "guarantee", new TextNode(Workload.written(profile().guarantee())),
                "tunedFor", new TextNode(Workload.written(profile().tuning())));
    }

    /// What a process that stands for a role runs with: without options, as a role does.
    Profile profile() {
        return new Profile(
                tunedFor == null ? Profile.USUAL.tuning() : tunedFor,
                guarantee == null ? Profile.USUAL.guarantee() : guarantee);
    }
}
