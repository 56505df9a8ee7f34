package dev.inkstream.evaluator;

import dev.inkstream.live.LiveModel;
import dev.inkstream.live.LiveSettings;
import dev.inkstream.stream.ImageFormat;
import dev.inkstream.stream.RecordLimits;
import dev.inkstream.stream.Topics;
import dev.inkstream.stream.intake.DeadLetterHeaders;
import dev.inkstream.stream.intake.RecordBounds;
import dev.inkstream.stream.runtime.TopicLimits;
import java.util.Map;

/// @param model name of the model to evaluate
/// @param live how predictions that were served are joined with their labels
public record EvaluatorSettings(
        Topics topics, String model, ImageFormat format, PromotionPolicy policy, LiveSettings live) {
    /// With [LiveSettings#DEFAULT].
    public EvaluatorSettings(Topics topics, String model, ImageFormat format, PromotionPolicy policy) {
        this(topics, model, format, policy, LiveSettings.DEFAULT);
    }

    /// An evaluator reads snapshots, and writes those that it promotes as they came. It keeps holdout images.
    ///
    /// @throws dev.inkstream.stream.runtime.TopicsNotReadyException if a topic does not take them
    public RecordLimits limits(TopicLimits topicLimits) {
        topicLimits.require(topics.deadLetters(), DeadLetterHeaders.MIN_MESSAGE_BYTES);
        topicLimits.require(
                topics.servingWeights(), topicLimits.maxMessageBytes().getOrDefault(topics.weightSnapshots(), 0));
        return new RecordLimits(
                        Map.of(
                                topics.holdoutImages(),
                                format.maxRecordBytes(),
                                topics.weightSnapshots(),
                                Topics.MAX_WEIGHTS_BYTES),
                        Topics.MAX_WEIGHTS_BYTES + RecordLimits.BESIDE_VALUE)
                .capped(topics.weightSnapshots(), topicLimits.room(topics.servingWeights()) - RecordBounds.ID_BYTES)
                .capped(topics.holdoutImages(), topicLimits.room(topics.holdoutImages()) - RecordBounds.ID_BYTES);
    }

    /// One evaluator for each model.
    public String applicationId() {
        return topics.prefix() + "evaluator-" + model;
    }

    /// What the live join reads of it.
    LiveModel liveModel() {
        return new LiveModel(topics, model, format, live);
    }
}
