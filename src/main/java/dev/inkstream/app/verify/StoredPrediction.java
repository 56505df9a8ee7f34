package dev.inkstream.app.verify;

import dev.inkstream.record.Prediction;

/// A prediction as it lies on its topic. Immutable.
///
/// @param partition of `predictions`
/// @param offset in that partition
record StoredPrediction(int partition, long offset, Prediction prediction) {
    /// As `predictions-0@12 (holdout-42)`.
    String name() {
        return "predictions-%d@%d (%s)".formatted(partition, offset, prediction.imageId());
    }
}
