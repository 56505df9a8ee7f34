package dev.inkstream.record;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/// What a model says one image shows, and all that is needed to compute it again. Immutable: `scores` belongs to
/// the record from then on.
///
/// @param imageId the image's key
/// @param label the class with the highest score, the lowest such class where scores tie
/// @param scores the network's outputs, one for each class
/// @param model the weights that were used
/// @param image where the image lies
/// @param capturedAt the image's own time
/// @param shadow what the version that runs beside it says; empty if none ran
public record Prediction(
        String imageId,
        int label,
        float[] scores,
        ModelVersion model,
        Position image,
        Instant capturedAt,
        Optional<Shadow> shadow) {
    /// What another version of the same model says of the image. Immutable: `scores` belongs to the record from then
    /// on.
    ///
    /// @param label the class with the highest score, the lowest such class where scores tie
    public record Shadow(int label, float[] scores, ModelVersion model) {
        /// @throws InvalidRecordException if the label is not one of the scores
        public Shadow {
            checkLabel(label, scores);
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof Shadow that
                    && label == that.label
                    && Arrays.equals(scores, that.scores)
                    && model.equals(that.model);
        }

        @Override
        public int hashCode() {
            return 31 * label + model.hashCode();
        }

        @Override
        public String toString() {
            return "Shadow[" + label + " by " + model + "]";
        }
    }

    /// Without a shadow.
    public Prediction(
            String imageId, int label, float[] scores, ModelVersion model, Position image, Instant capturedAt) {
        this(imageId, label, scores, model, image, capturedAt, Optional.empty());
    }

    /// Where a record lies in its topic.
    public record Position(int partition, long offset) {}

    /// @throws InvalidRecordException if the label is not one of the scores, or the time out of range
    public Prediction {
        checkLabel(label, scores);
        Times.check("capturedAt", capturedAt);
    }

    private static void checkLabel(int label, float[] scores) {
        if (label < 0 || label >= scores.length) {
            throw new InvalidRecordException(
                    RejectReason.LABEL_RANGE, "label is " + label + "; it must be 0 to " + (scores.length - 1));
        }
    }

    /// The score of the label.
    public float confidence() {
        return scores[label];
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Prediction that
                && label == that.label
                && imageId.equals(that.imageId)
                && Arrays.equals(scores, that.scores)
                && model.equals(that.model)
                && image.equals(that.image)
                && capturedAt.equals(that.capturedAt)
                && shadow.equals(that.shadow);
    }

    @Override
    public int hashCode() {
        return 31 * imageId.hashCode() + image.hashCode();
    }

    @Override
    public String toString() {
        return "Prediction[" + imageId + " is " + label + " (" + confidence() + ") by " + model + "]";
    }
}
