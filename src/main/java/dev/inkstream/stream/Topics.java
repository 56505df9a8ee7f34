package dev.inkstream.stream;

import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_COMPACT;
import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_DELETE;
import static org.apache.kafka.common.config.TopicConfig.MAX_DECOMPRESSED_MESSAGE_BYTES_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MAX_MESSAGE_BYTES_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.RETENTION_MS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.SEGMENT_BYTES_CONFIG;

import dev.inkstream.stream.intake.DeadLetterHeaders;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The topics of one Inkstream, named by a common prefix. Immutable.
///
/// @param prefix in front of every name, and of every application id; `inkstream.` unless told otherwise
public record Topics(String prefix) {
    /// The prefix unless told otherwise.
    public static final String DEFAULT_PREFIX = "inkstream.";

    /// The largest snapshot: room for about four million float32 parameters. A checkpoint may be four times as large.
    public static final int MAX_WEIGHTS_BYTES = 16 * 1024 * 1024;

    /// The most parameters of a network whose snapshots fit, with room for what else a snapshot says.
    public static final int MAX_PARAMETERS = (MAX_WEIGHTS_BYTES - 64 * 1024) / Float.BYTES;

    /// Kafka allows letters, digits, `.`, `_` and `-`; `.` and `_` collide in metric names, so `_` is left out.
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9.-]{0,100}");

    private static final String LONG_RETENTION =
            Long.toString(Duration.ofDays(365).toMillis());

    public Topics {
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException(
                    "topic prefix is '" + prefix + "'; it must be at most 100 letters, digits, dots and dashes");
        }
    }

    /// Images to classify.
    public String images() {
        return prefix + "images";
    }

    /// Images with their labels, in the order in which they are trained on.
    public String labeledImages() {
        return prefix + "labeled-images";
    }

    /// Labeled images that are never trained on.
    public String holdoutImages() {
        return prefix + "holdout-images";
    }

    /// Every version of every model.
    public String weightSnapshots() {
        return prefix + "weight-snapshots";
    }

    /// The version of each model that classifiers use.
    public String servingWeights() {
        return prefix + "serving-weights";
    }

    /// What the classifiers say.
    public String predictions() {
        return prefix + "predictions";
    }

    /// How each version does.
    public String evaluations() {
        return prefix + "evaluations";
    }

    /// What images show, by image id, where labels come without their pixels.
    public String labels() {
        return prefix + "labels";
    }

    /// How the predictions that were served have done.
    public String liveEvaluations() {
        return prefix + "live-evaluations";
    }

    /// When the error of served predictions rose.
    public String driftEvents() {
        return prefix + "drift-events";
    }

    /// Records that could not be used, as they came.
    public String deadLetters() {
        return prefix + "dead-letters";
    }

    /// What brokers from Kafka 4.4 on take of one image or label, decompressed: more than any role accepts.
    private static final int MAX_DECOMPRESSED_BYTES = 8 * 1024 * 1024;

    /// All topics as they should be created.
    ///
    /// @param partitions of `images`, `labels` and `predictions`: the most classifier threads that can share the work
    public List<TopicSpec> specs(int partitions) {
        return List.of(
                new TopicSpec(images(), partitions, bounded(deleted(), MAX_DECOMPRESSED_BYTES)),
                // It takes what the labeler makes of an image.
                new TopicSpec(
                        labeledImages(),
                        1,
                        with(
                                bounded(keptLong(), MAX_DECOMPRESSED_BYTES),
                                MAX_MESSAGE_BYTES_CONFIG,
                                RecordLimits.USUAL.written())),
                new TopicSpec(holdoutImages(), 1, bounded(compacted(), MAX_DECOMPRESSED_BYTES)),
                new TopicSpec(weightSnapshots(), 1, ofWeights(keptLong())),
                new TopicSpec(servingWeights(), 1, ofWeights(compacted())),
                new TopicSpec(predictions(), partitions, deleted()),
                new TopicSpec(evaluations(), 1, keptLong()),
                new TopicSpec(labels(), partitions, bounded(deleted(), MAX_DECOMPRESSED_BYTES)),
                new TopicSpec(liveEvaluations(), 1, keptLong()),
                new TopicSpec(driftEvents(), 1, keptLong()),
                new TopicSpec(
                        deadLetters(),
                        1,
                        with(keptLong(), MAX_MESSAGE_BYTES_CONFIG, DeadLetterHeaders.MIN_MESSAGE_BYTES)));
    }

    private static Map<String, String> ofWeights(Map<String, String> config) {
        return with(bounded(config, 2 * MAX_WEIGHTS_BYTES), MAX_MESSAGE_BYTES_CONFIG, MAX_WEIGHTS_BYTES);
    }

    private static Map<String, String> bounded(Map<String, String> config, int decompressed) {
        return with(config, MAX_DECOMPRESSED_MESSAGE_BYTES_CONFIG, decompressed);
    }

    private static Map<String, String> deleted() {
        return Map.of(CLEANUP_POLICY_CONFIG, CLEANUP_POLICY_DELETE);
    }

    private static Map<String, String> keptLong() {
        return Map.of(CLEANUP_POLICY_CONFIG, CLEANUP_POLICY_DELETE, RETENTION_MS_CONFIG, LONG_RETENTION);
    }

    /// The active segment is never compacted, and readers from the beginning read all of it: keep it small.
    private static Map<String, String> compacted() {
        return Map.of(
                CLEANUP_POLICY_CONFIG,
                CLEANUP_POLICY_COMPACT,
                SEGMENT_BYTES_CONFIG,
                Integer.toString(64 * 1024 * 1024));
    }

    private static Map<String, String> with(Map<String, String> config, String name, int value) {
        Map<String, String> more = new HashMap<>(config);
        more.put(name, Integer.toString(value));
        return more;
    }
}
