package dev.inkstream.classifier;

import dev.inkstream.stream.ImageFormat;
import dev.inkstream.stream.LargestRecords;
import dev.inkstream.stream.Signatures;
import dev.inkstream.stream.TopicUse;
import dev.inkstream.stream.Topics;
import dev.inkstream.stream.intake.DeadLetterHeaders;
import dev.inkstream.stream.runtime.TopicLimits;
import java.util.List;
import java.util.Map;

/// @param model name of the model to serve
public record ClassifierSettings(Topics topics, String model, ImageFormat format) {
    /// The same with signatures, which records of other models do not need.
    public ClassifierSettings with(Signatures signatures) {
        return new ClassifierSettings(topics.with(signatures.ofModel(model)), model, format);
    }

    /// Its topics.
    public TopicUse topicUse() {
        return new TopicUse(
                List.of(topics.images(), topics.servingWeights()), List.of(topics.predictions(), topics.deadLetters()));
    }

    /// A classifier reads weights as large as they can be, and writes predictions and dead letters.
    ///
    /// @throws dev.inkstream.stream.runtime.TopicsNotReadyException if a topic does not take them
    public LargestRecords limits(TopicLimits topicLimits) {
        topicLimits.require(topics.deadLetters().name(), DeadLetterHeaders.MIN_MESSAGE_BYTES);
        // A prediction has the headers of its image.
        topicLimits.require(topics.predictions().name(), LargestRecords.BESIDE_VALUE);
        return new LargestRecords(
                Map.of(
                        topics.images().name(),
                        format.maxRecordBytes(),
                        topics.servingWeights().name(),
                        Topics.MAX_WEIGHTS_BYTES),
                LargestRecords.USUAL.written());
    }

    /// One group of instances for each model.
    public String applicationId() {
        return topics.prefix() + "classifier-" + model;
    }
}
