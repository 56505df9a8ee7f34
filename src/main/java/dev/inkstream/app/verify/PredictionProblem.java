package dev.inkstream.app.verify;

/// What is wrong with one stored prediction. Immutable.
///
/// @param partition of `predictions`
/// @param offset in that partition
/// @param sentence without a period
record PredictionProblem(Kind kind, int partition, long offset, String sentence) {
    /// What is wrong.
    enum Kind {
        /// It is not what its image and its version give.
        DIFFERENT,
        /// Its image is no longer on the topic.
        IMAGE_GONE,
        /// Its version is no longer on `weight-snapshots`, or never was.
        VERSION_GONE,
        /// Its record, or that of its image or version, cannot be used.
        UNREADABLE
    }

    static PredictionProblem of(Kind kind, StoredPrediction stored, String sentence) {
        return new PredictionProblem(kind, stored.partition(), stored.offset(), stored.name() + " " + sentence);
    }
}
