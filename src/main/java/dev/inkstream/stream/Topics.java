package dev.inkstream.stream;

import static dev.inkstream.stream.Topic.Partitions.ONE;
import static dev.inkstream.stream.Topic.Partitions.ORDERED;
import static dev.inkstream.stream.Topic.Partitions.SHARED;
import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_COMPACT;
import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_DELETE;
import static org.apache.kafka.common.config.TopicConfig.MAX_DECOMPRESSED_MESSAGE_BYTES_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MAX_MESSAGE_BYTES_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.RETENTION_BYTES_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.RETENTION_MS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.SEGMENT_BYTES_CONFIG;

import dev.inkstream.codec.AvroSerdes;
import dev.inkstream.record.DriftEvent;
import dev.inkstream.record.Evaluation;
import dev.inkstream.record.ImageRecord;
import dev.inkstream.record.Label;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.record.LiveEvaluation;
import dev.inkstream.record.ModelCommand;
import dev.inkstream.record.ModelDecision;
import dev.inkstream.record.Prediction;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.Topic.Partitions;
import dev.inkstream.stream.intake.Admission;
import dev.inkstream.stream.intake.DeadLetterHeaders;
import dev.inkstream.stream.intake.RecordDecoder;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/// The topics of one Inkstream, named by a common prefix: each with what its records are. Immutable.
///
/// @param prefix in front of every name, and of every application id; default: `inkstream.`
/// @param signatures who signs records, and whose are accepted
public record Topics(String prefix, Signatures signatures) {
    /// The default prefix.
    public static final String DEFAULT_PREFIX = "inkstream.";

    /// The largest snapshot: room for about four million float32 parameters. A checkpoint may be four times as large.
    public static final int MAX_WEIGHTS_BYTES = 16 * 1024 * 1024;

    /// The most parameters of a network whose snapshots fit, with room for what else a snapshot says.
    public static final int MAX_PARAMETERS = (MAX_WEIGHTS_BYTES - 64 * 1024) / Float.BYTES;

    /// Kafka allows letters, digits, `.`, `_` and `-`; `.` and `_` collide in metric names, so `_` is left out.
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9.-]{0,100}");

    /// What brokers from Kafka 4.4 on take of one image or label, decompressed: more than any role accepts.
    private static final int MAX_DECOMPRESSED_BYTES = 8 * 1024 * 1024;

    private static final String FOR_EVER = "-1";

    private static final String LONG_RETENTION =
            Long.toString(Duration.ofDays(365).toMillis());

    public Topics {
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException(
                    "topic prefix is '" + prefix + "'; it must be at most 100 letters, digits, dots and dashes");
        }
    }

    /// Topics on which nothing is signed or checked.
    public Topics(String prefix) {
        this(prefix, Signatures.NONE);
    }

    /// The same with signatures.
    public Topics with(Signatures other) {
        return new Topics(prefix, other);
    }

    /// Images to classify.
    public Topic<String, ImageRecord> images() {
        return topic("images", AvroSerdes::image, SHARED, bounded(deleted(), MAX_DECOMPRESSED_BYTES));
    }

    /// Images with their labels, in the order in which they are trained on.
    public Topic<String, LabeledImage> labeledImages() {
        // It takes what the labeler makes of an image.
        Map<String, String> config = bounded(keptLong(), MAX_DECOMPRESSED_BYTES);
        return topic(
                "labeled-images", AvroSerdes::labeledImage, ORDERED, taking(LargestRecords.USUAL.written(), config));
    }

    /// Labeled images that are never trained on.
    public Topic<String, LabeledImage> holdoutImages() {
        return topic("holdout-images", AvroSerdes::labeledImage, ORDERED, bounded(compacted(), MAX_DECOMPRESSED_BYTES));
    }

    /// Every version of every model.
    public Topic<String, WeightSnapshot> weightSnapshots() {
        return topic("weight-snapshots", AvroSerdes::weightSnapshot, ORDERED, ofWeights(keptLong()))
                .with(new Admission(signatures.snapshots(), false), signatures.signer());
    }

    /// The version of each model that classifiers use, and under [#shadowKey(String)] the one that runs beside it.
    public Topic<String, WeightSnapshot> servingWeights() {
        return topic("serving-weights", AvroSerdes::weightSnapshot, ORDERED, ofWeights(compacted()))
                .with(new Admission(signatures.decisions(), true), signatures.signer());
    }

    /// The key of the shadow of a model on `serving-weights`. No model has such a name.
    public static String shadowKey(String model) {
        return model + RecordDecoder.SHADOW;
    }

    /// The model of which a key on `serving-weights` has the shadow; empty for the key of what serves.
    public static Optional<String> modelOfShadow(String key) {
        return key.endsWith(RecordDecoder.SHADOW)
                ? Optional.of(key.substring(0, key.length() - RecordDecoder.SHADOW.length()))
                : Optional.empty();
    }

    /// What the classifiers say.
    public Topic<String, Prediction> predictions() {
        return topic("predictions", AvroSerdes::prediction, SHARED, deleted());
    }

    /// How each version does.
    public Topic<String, Evaluation> evaluations() {
        return topic("evaluations", AvroSerdes::evaluation, ONE, keptLong());
    }

    /// What images show, by image id, where labels come without their pixels.
    public Topic<String, Label> labels() {
        return topic("labels", AvroSerdes::label, SHARED, bounded(deleted(), MAX_DECOMPRESSED_BYTES));
    }

    /// How the predictions that were served have done.
    public Topic<String, LiveEvaluation> liveEvaluations() {
        return topic("live-evaluations", AvroSerdes::liveEvaluation, ONE, keptLong());
    }

    /// When the error of served predictions rose.
    public Topic<String, DriftEvent> driftEvents() {
        return topic("drift-events", AvroSerdes::driftEvent, ONE, keptLong());
    }

    /// What operators ask the evaluator to do.
    public Topic<String, ModelCommand> modelCommands() {
        return topic("model-commands", AvroSerdes::modelCommand, ORDERED, bounded(keptLong(), MAX_DECOMPRESSED_BYTES));
    }

    /// What the evaluator decided, and why. Kept for ever.
    public Topic<String, ModelDecision> modelDecisions() {
        return topic("model-decisions", AvroSerdes::modelDecision, ORDERED, keptForEver())
                .with(new Admission(signatures.decisions(), false), signatures.signer());
    }

    /// A decoder for one reader of [#modelDecisions()], who reads them in order. If they are signed, it refuses those
    /// that were written again.
    public RecordDecoder<ModelDecision> ledger(AvroSerdes serdes) {
        return signatures.checkDecisions()
                ? modelDecisions().decoder(serdes, new LedgerOrder()::next)
                : modelDecisions().decoder(serdes);
    }

    /// Records that could not be used, as they came.
    public Topic<byte[], byte[]> deadLetters() {
        return topic(
                        "dead-letters",
                        serdes -> Serdes.ByteArray(),
                        ONE,
                        taking(DeadLetterHeaders.MIN_MESSAGE_BYTES, keptLong()))
                .withRawKeys();
    }

    /// Which records have returned from `dead-letters` to their topics. Kept for ever: a dead letter that is not named
    /// here may return.
    public Topic<byte[], byte[]> redrives() {
        return topic("redrives", serdes -> Serdes.ByteArray(), ONE, keptForEver())
                .withRawKeys();
    }

    /// All topics.
    public List<Topic<?, ?>> all() {
        return List.of(
                images(),
                labeledImages(),
                holdoutImages(),
                weightSnapshots(),
                servingWeights(),
                predictions(),
                evaluations(),
                labels(),
                liveEvaluations(),
                driftEvents(),
                modelCommands(),
                modelDecisions(),
                deadLetters(),
                redrives());
    }

    /// All topics as they should be created.
    ///
    /// @param partitions of `images`, `labels` and `predictions`: the most classifier threads that can share the work
    public List<TopicSpec> specs(int partitions) {
        return all().stream().map(topic -> topic.spec(partitions)).toList();
    }

    private <V> Topic<String, V> topic(
            String name, Function<AvroSerdes, Serde<V>> values, Partitions partitions, Map<String, String> config) {
        return new Topic<>(
                prefix + name, Serdes.String(), values, partitions, config, Admission.USUAL, Optional.empty());
    }

    private static Map<String, String> ofWeights(Map<String, String> config) {
        return taking(MAX_WEIGHTS_BYTES, bounded(config, 2 * MAX_WEIGHTS_BYTES));
    }

    private static Map<String, String> taking(int bytes, Map<String, String> config) {
        return with(config, MAX_MESSAGE_BYTES_CONFIG, bytes);
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

    private static Map<String, String> keptForEver() {
        // A broker may have a limit of its own for the bytes of topics that do not say.
        return Map.of(
                CLEANUP_POLICY_CONFIG,
                CLEANUP_POLICY_DELETE,
                RETENTION_MS_CONFIG,
                FOR_EVER,
                RETENTION_BYTES_CONFIG,
                FOR_EVER);
    }

    private static Map<String, String> compacted() {
        return Map.of(
                CLEANUP_POLICY_CONFIG, CLEANUP_POLICY_COMPACT, SEGMENT_BYTES_CONFIG, InMemoryStores.SEGMENT_BYTES);
    }

    private static Map<String, String> with(Map<String, String> config, String name, int value) {
        Map<String, String> more = new HashMap<>(config);
        more.put(name, Integer.toString(value));
        return more;
    }
}
