package dev.inkstream.record;

import java.time.Instant;
import java.util.OptionalLong;

/// How served predictions have done, for one version and one window of time. Immutable.
///
/// @param version empty where there was no prediction: then `unmatched` counts labels without a prediction alone
/// @param window contains the later timestamp of prediction and label
/// @param confusion label against prediction, over predictions that got their label in this window
public record LiveEvaluation(
        String model, OptionalLong version, Window window, ConfusionMatrix confusion, Unmatched unmatched) {

    /// @param start included
    /// @param end not included
    public record Window(Instant start, Instant end) {
        /// @throws InvalidRecordException if it does not end after its start, or a time is out of range
        public Window {
            Times.check("windowStart", start);
            Times.check("windowEnd", end);
            if (!end.isAfter(start)) {
                throw new InvalidRecordException(
                        RejectReason.UNDECODABLE, "window end is " + end + "; it must be after its start, " + start);
            }
        }
    }

    /// Predictions and labels without a match.
    ///
    /// @param lateLabels labels after the join window of their prediction
    /// @param duplicateLabels further labels of an image that had one
    /// @param predictionsWithoutLabel predictions whose join window ended without a label
    /// @param labelsWithoutPrediction labels whose join window ended without a prediction
    public record Unmatched(
            long lateLabels, long duplicateLabels, long predictionsWithoutLabel, long labelsWithoutPrediction) {
        /// @throws InvalidRecordException if a count is negative
        public Unmatched {
            if (Math.min(
                            Math.min(lateLabels, duplicateLabels),
                            Math.min(predictionsWithoutLabel, labelsWithoutPrediction))
                    < 0) {
                throw new InvalidRecordException(
                        RejectReason.UNDECODABLE, "a count of a live evaluation is negative; it must be 0 or more");
            }
        }
    }
}
