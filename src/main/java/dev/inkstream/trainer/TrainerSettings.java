package dev.inkstream.trainer;

import dev.inkstream.network.NetworkShape;
import dev.inkstream.record.Publisher;
import dev.inkstream.stream.ImageFormat;
import dev.inkstream.stream.LargestRecords;
import dev.inkstream.stream.Signatures;
import dev.inkstream.stream.TopicUse;
import dev.inkstream.stream.Topics;
import dev.inkstream.stream.intake.DeadLetterHeaders;
import dev.inkstream.stream.runtime.TopicLimits;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What is trained, and on which images.
///
/// @param onDivergence what happens to a record whose loss is not finite
/// @param publisher what its snapshots say of who wrote them, if anything
public record TrainerSettings(
        Topics topics,
        Training.Settings training,
        ImageFormat format,
        OnDivergence onDivergence,
        Optional<Publisher> publisher) {
    /// Weights, and of the optimizer as much twice and averaged weights: four times a snapshot.
    static final int MAX_CHECKPOINT_BYTES = 4 * Topics.MAX_WEIGHTS_BYTES;

    /// Bytes of a snapshot beside its weights, at most.
    private static final int SNAPSHOT_BESIDE_WEIGHTS = 4 * 1024;

    public TrainerSettings {
        NetworkShape shape = training.config().architecture().shape();
        if (shape.inputs() != format.pixels() || shape.outputs() != format.classes()) {
            throw new IllegalArgumentException("network is " + shape + ", but images of " + format.width() + "x"
                    + format.height() + " in " + format.classes() + " classes need " + format.pixels()
                    + " inputs and " + format.classes() + " outputs");
        }
    }

    /// Of a trainer without a name.
    public TrainerSettings(Topics topics, Training.Settings training, ImageFormat format, OnDivergence onDivergence) {
        this(topics, training, format, onDivergence, Optional.empty());
    }

    /// Of one that stops when a loss is not finite.
    public TrainerSettings(Topics topics, Training.Settings training, ImageFormat format) {
        this(topics, training, format, OnDivergence.STOP);
    }

    /// The same, whose snapshots say who wrote them.
    public TrainerSettings publishedBy(Publisher who) {
        return new TrainerSettings(topics, training, format, onDivergence, Optional.of(who));
    }

    /// The same with signatures.
    public TrainerSettings with(Signatures signatures) {
        return new TrainerSettings(topics.with(signatures), training, format, onDivergence, publisher);
    }

    /// The same, trained from an offset of the log on.
    public TrainerSettings from(OptionalLong offset) {
        return new TrainerSettings(
                topics, training.with(training.beginning().from(offset)), format, onDivergence, publisher);
    }

    /// Where a checkpoint says that the model began; as these settings say if it is of a build whose settings this one
    /// does not know.
    public OptionalLong beginningOf(byte[] checkpoint) {
        try {
            return Training.Settings.parse(
                            training.model(), Checkpoint.fromBytes(checkpoint).training())
                    .beginning()
                    .from();
        } catch (IllegalArgumentException e) {
            return training.beginning().from();
        }
    }

    /// Whether a record of [#checkpointTopic()] is a checkpoint of the model.
    public boolean isCheckpoint(byte @Nullable [] key, byte @Nullable [] checkpoint) {
        return checkpoint != null && Arrays.equals(key, training.model().getBytes(StandardCharsets.UTF_8));
    }

    /// The changelog of the checkpoint store.
    public String checkpointTopic() {
        return applicationId() + "-" + TrainerTopology.CHECKPOINT + "-changelog";
    }

    /// Checks a checkpoint of the model.
    ///
    /// @throws dev.inkstream.stream.ModelMismatchException if the model was trained with other settings
    public void requireFit(byte[] checkpoint) {
        var _ = Training.resume(training, Checkpoint.fromBytes(checkpoint));
    }

    /// Its topics.
    public TopicUse topicUse() {
        return new TopicUse(List.of(topics.labeledImages()), List.of(topics.weightSnapshots(), topics.deadLetters()));
    }

    /// A trainer reads labeled images, and writes snapshots and the checkpoints of which they are a part.
    ///
    /// @throws dev.inkstream.stream.runtime.TopicsNotReadyException if a topic does not take them
    public LargestRecords limits(TopicLimits topicLimits) {
        topicLimits.require(topics.deadLetters().name(), DeadLetterHeaders.MIN_MESSAGE_BYTES);
        topicLimits.require(
                topics.weightSnapshots().name(),
                training.config().architecture().shape().parameterCount() * Float.BYTES + SNAPSHOT_BESIDE_WEIGHTS);
        return new LargestRecords(
                Map.of(topics.labeledImages().name(), format.maxRecordBytes()),
                MAX_CHECKPOINT_BYTES + LargestRecords.BESIDE_VALUE);
    }

    /// One trainer for each model.
    public String applicationId() {
        return applicationId(topics, training.model());
    }

    /// As [#applicationId()], of a model whose settings are not known.
    public static String applicationId(Topics topics, String model) {
        return topics.prefix() + "trainer-" + model;
    }
}
