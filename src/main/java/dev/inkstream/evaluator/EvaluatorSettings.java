package dev.inkstream.evaluator;

import dev.inkstream.live.LiveModel;
import dev.inkstream.live.LiveSettings;
import dev.inkstream.stream.ImageFormat;
import dev.inkstream.stream.LargestRecords;
import dev.inkstream.stream.Signatures;
import dev.inkstream.stream.TopicUse;
import dev.inkstream.stream.Topics;
import dev.inkstream.stream.intake.DeadLetterHeaders;
import dev.inkstream.stream.intake.IntakeLimits;
import dev.inkstream.stream.runtime.TopicLimits;
import java.util.List;
import java.util.Map;

/// @param model name of the model to evaluate
/// @param rules how much evidence a version needs to serve
/// @param live how predictions that were served are joined with their labels
public record EvaluatorSettings(
        Topics topics, String model, ImageFormat format, DecisionRules rules, LiveSettings live) {
    /// What one evaluator keeps in memory, and scores every version on: about 85 MB of 28x28 images.
    public static final int MAX_HOLDOUT_IMAGES = 100_000;

    /// With [LiveSettings#DEFAULT].
    public EvaluatorSettings(Topics topics, String model, ImageFormat format, DecisionRules rules) {
        this(topics, model, format, rules, LiveSettings.DEFAULT);
    }

    /// The same with signatures, which records of other models do not need.
    public EvaluatorSettings with(Signatures signatures) {
        return new EvaluatorSettings(topics.with(signatures.ofModel(model)), model, format, rules, live);
    }

    /// Its topics.
    public TopicUse topicUse() {
        return new TopicUse(
                List.of(
                        topics.weightSnapshots(),
                        topics.holdoutImages(),
                        topics.modelCommands(),
                        topics.predictions(),
                        topics.labels()),
                List.of(
                        topics.evaluations(),
                        topics.servingWeights(),
                        topics.modelDecisions(),
                        topics.liveEvaluations(),
                        topics.driftEvents(),
                        topics.deadLetters()),
                List.of(
                        topics.deadLetters(),
                        topics.weightSnapshots(),
                        topics.servingWeights(),
                        topics.holdoutImages()));
    }

    /// An evaluator reads snapshots, and writes those that it promotes as they came. It keeps holdout images.
    ///
    /// @throws dev.inkstream.stream.runtime.TopicsNotReadyException if a topic does not take them
    public LargestRecords limits(TopicLimits topicLimits) {
        String snapshots = topics.weightSnapshots().name();
        String serving = topics.servingWeights().name();
        String holdout = topics.holdoutImages().name();
        topicLimits.require(topics.deadLetters().name(), DeadLetterHeaders.MIN_MESSAGE_BYTES);
        topicLimits.require(serving, topicLimits.maxMessageBytes().getOrDefault(snapshots, 0));
        return new LargestRecords(
                        Map.of(holdout, format.maxRecordBytes(), snapshots, Topics.MAX_WEIGHTS_BYTES),
                        Topics.MAX_WEIGHTS_BYTES + LargestRecords.BESIDE_VALUE)
                .capped(snapshots, topicLimits.room(serving) - IntakeLimits.ID_BYTES)
                .capped(holdout, topicLimits.room(holdout) - IntakeLimits.ID_BYTES);
    }

    /// One evaluator for each model.
    public String applicationId() {
        return applicationId(topics, model);
    }

    /// As [#applicationId()], of a model whose settings are not known.
    public static String applicationId(Topics topics, String model) {
        return topics.prefix() + "evaluator-" + model;
    }

    /// What the live join reads of it.
    LiveModel liveModel() {
        return new LiveModel(topics, model, format, live);
    }
}
