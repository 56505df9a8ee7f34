package dev.inkstream.app.faults;

import dev.inkstream.app.faults.FaultRun.Done;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What was done in a run, and what was found, as a page of Markdown. Immutable.
///
/// @param took from the first fault to the last check
/// @param ends role and sentence of each role that ended by itself
/// @param decisions how often the evaluator decided what
record FaultReport(
        long seed, Duration took, List<Done> faults, List<Finding> findings, List<String> ends, String decisions) {
    private static final Path CPUS = Path.of("/proc/cpuinfo");

    String toMarkdown() throws IOException {
        return introduction() + meaning() + run() + kinds() + recovery() + checks() + sentences();
    }

    private static String introduction() throws IOException {
        try (InputStream text = FaultReport.class.getResourceAsStream("/faults.md")) {
            return new String(Objects.requireNonNull(text).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /// Rule of three: Hanley and Lippman-Hand, JAMA 249 (1983).
    private String meaning() {
        return differences() > 0 ? "" : """

                %d faults without a difference mean, with 95 %% confidence, that less than one fault of such a run in %d does harm.
                They say nothing of what does not happen here: loss of a disk, a network that separates processes, several brokers
                with replicas.
                """.formatted(faults.size(), faults.size() / 3);
    }

    private String run() throws IOException {
        return """

                ## The run

                | | |
                | --- | --- |
                | repeat | `.ci/faults %d %d` |
                | seed | %d |
                | faults | %d |
                | differences | **%s** |
                | took | %d min |
                | machine | %s |
                | Java | %s |
                | Kafka | %s, one broker without replicas |
                """.formatted(
                        faults.size(),
                        seed,
                        seed,
                        faults.size(),
                        differences() == 0 ? "none" : String.valueOf(differences()),
                        Math.ceilDiv(took.toSeconds(), 60),
                        machine(),
                        Runtime.version(),
                        kafka());
    }

    private static String kafka() throws IOException {
        Properties versions = new Properties();
        try (InputStream file = FaultReport.class.getResourceAsStream("/kafka/kafka-version.properties")) {
            versions.load(Objects.requireNonNull(file));
        }
        return versions.getProperty("version");
    }

    private long differences() {
        return findings.stream().filter(Finding::isDifferent).count();
    }

    private static String machine() throws IOException {
        String cpu = Files.exists(CPUS)
                ? Files.readAllLines(CPUS).stream()
                        .filter(line -> line.startsWith("model name"))
                        .map(line -> line.substring(line.indexOf(':') + 2))
                        .findFirst()
                        .orElse(System.getProperty("os.arch"))
                : System.getProperty("os.arch");
        return Runtime.getRuntime().availableProcessors() + " cores, " + cpu + ", " + System.getProperty("os.name");
    }

    private String kinds() {
        StringBuilder table = new StringBuilder("\n## Faults\n\n| fault |");
        Arrays.stream(Target.values())
                .forEach(target -> table.append(' ').append(target).append(" |"));
        table.append(" all |\n| --- |")
                .append(" ---: |".repeat(Target.values().length + 1))
                .append('\n');
        for (Fault fault : Fault.values()) {
            List<Done> ofKind =
                    faults.stream().filter(done -> done.card().fault() == fault).toList();
            table.append("| ").append(fault.words()).append(" |");
            for (Target target : Target.values()) {
                long count = ofKind.stream()
                        .filter(done -> done.card().target() == target)
                        .count();
                table.append(' ').append(count == 0 ? "" : count).append(" |");
            }
            table.append(' ').append(ofKind.size()).append(" |\n");
        }
        return table + notReached();
    }

    /// Halts that were ordered.
    long ordered() {
        return faults.stream()
                .filter(done -> done.card().fault().point().isPresent())
                .count();
    }

    /// Halts that were not reached.
    long missed() {
        return faults.stream()
                .filter(done ->
                        done.card().fault().point().isPresent() && !done.note().isEmpty())
                .count();
    }

    private String notReached() {
        long missed = missed();
        return missed == 0
                ? "\nAll halts were where they were ordered.\n"
                : "\nOf %d halts %d were not reached: the process ended before, or was killed.\n"
                        .formatted(ordered(), missed);
    }

    private String recovery() {
        StringBuilder table = new StringBuilder(
                "\nTime from a fault to the next committed progress, while up to %d faults overlap:\n\n"
                                .formatted(FaultRun.AT_ONCE)
                        + "| process | faults | median | longest |\n| --- | ---: | ---: | ---: |\n");
        for (Target target : Target.values()) {
            List<Duration> times = faults.stream()
                    .filter(done -> done.card().target() == target)
                    .map(Done::recovery)
                    .sorted()
                    .toList();
            if (!times.isEmpty()) {
                table.append("| %s | %d | %s | %s |\n"
                        .formatted(
                                target, times.size(), seconds(times.get(times.size() / 2)), seconds(times.getLast())));
            }
        }
        return table.toString();
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1_000.0);
    }

    private String checks() {
        StringBuilder table =
                new StringBuilder("\n## Checks\n\n| what must hold | compared | differences |\n| --- | ---: | --- |\n");
        for (Finding finding : findings) {
            table.append("| %s | %d | %s |\n"
                    .formatted(
                            finding.what(),
                            finding.compared(),
                            finding.isDifferent() ? String.join("; ", finding.differences()) : "none"));
        }
        return table + "\nThe evaluator's decisions: " + decisions + ".\n";
    }

    private String sentences() {
        List<String> replaced = faults.stream()
                .filter(done -> done.card().fault() == Fault.ZOMBIE)
                .map(Done::note)
                .toList();
        return counted("Processes that were replaced while they were paused ended with:", replaced)
                + counted("Processes that ended by themselves, and were started again by the supervisor:", ends);
    }

    private static String counted(String title, List<String> sentences) {
        if (sentences.isEmpty()) {
            return "";
        }
        Map<String, Long> counts = sentences.stream()
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
        return "\n" + title + "\n\n"
                + counts.entrySet().stream()
                        .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                        .map(entry -> "- " + entry.getValue() + " times: " + entry.getKey() + "\n")
                        .collect(Collectors.joining());
    }
}
