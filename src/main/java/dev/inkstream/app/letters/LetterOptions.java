package dev.inkstream.app.letters;

import dev.inkstream.app.cluster.ImageFormatOptions;
import dev.inkstream.app.cluster.KafkaOptions;
import dev.inkstream.app.cluster.TopicOptions;
import dev.inkstream.app.console.OptionRange;
import dev.inkstream.app.console.PointInTime;
import dev.inkstream.app.console.UsageException;
import dev.inkstream.record.RejectReason;
import dev.inkstream.stream.ImageFormat;
import dev.inkstream.stream.Topic;
import dev.inkstream.stream.Topics;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Which dead letters are meant, and what the roles accept now.
final class LetterOptions {
    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private TopicOptions topics = new TopicOptions();

    @Mixin
    private ImageFormatOptions format = new ImageFormatOptions();

    @Option(names = "--topic", paramLabel = "NAME", description = "Only records of this topic, like images.")
    private @Nullable String topic;

    @Option(
            names = "--application",
            paramLabel = "NAME",
            description = "Only what this application rejected, like classifier-digits.")
    private @Nullable String application;

    @Option(names = "--reason", paramLabel = "REASON", description = "Only records with this reason, like NO_IMAGE.")
    private @Nullable String reason;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "Only what was rejected since: a time like 2026-11-26T09:30:00Z, or how long ago, like 10m.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Only what was rejected before, in the same form.")
    private @Nullable String to;

    @Option(
            names = "--max-attempts",
            paramLabel = "N",
            defaultValue = "3",
            description = "How often one record may return (default: ${DEFAULT-VALUE}).")
    private int maxAttempts = 3;

    KafkaOptions kafka() {
        return kafka;
    }

    Topics topics() {
        return topics.topics();
    }

    ImageFormat format() {
        return format.format();
    }

    int maxAttempts() {
        return (int) new OptionRange("--max-attempts", 1, 1_000).check(maxAttempts);
    }

    /// Whether any option chooses some of the dead letters.
    boolean isGiven() {
        return topic != null || application != null || reason != null || from != null || to != null;
    }

    /// @throws UsageException if a value is none
    Selection selection(Instant now) {
        return new Selection(
                Optional.ofNullable(topic).map(this::topicName),
                Optional.ofNullable(application).map(this::applicationId),
                Optional.ofNullable(reason).map(LetterOptions::reason),
                Optional.ofNullable(from).map(text -> PointInTime.of("--from", text, now)),
                Optional.ofNullable(to).map(text -> PointInTime.of("--to", text, now)));
    }

    private String topicName(String text) {
        String prefix = topics().prefix();
        List<String> names = topics().all().stream().<String>map(Topic::name).toList();
        if (names.contains(text)) {
            return text;
        }
        if (names.contains(prefix + text)) {
            return prefix + text;
        }
        throw UsageException.of(
                "--topic",
                text,
                "one of "
                        + names.stream()
                                .map(name -> name.substring(prefix.length()))
                                .collect(Collectors.joining(", ")));
    }

    private String applicationId(String text) {
        String prefix = topics().prefix();
        return text.startsWith(prefix) ? text : prefix + text;
    }

    private static String reason(String text) {
        String name = text.toUpperCase(Locale.ROOT);
        List<String> names =
                Arrays.stream(RejectReason.values()).map(RejectReason::name).toList();
        if (!names.contains(name)) {
            throw UsageException.of("--reason", text, "one of " + String.join(", ", names));
        }
        return name;
    }
}
