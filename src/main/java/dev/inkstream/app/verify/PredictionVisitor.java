package dev.inkstream.app.verify;

import dev.inkstream.record.ImageRecord;

/// Takes stored predictions with their images. An image may come for several predictions.
interface PredictionVisitor {
    /// A prediction and the image that it is of.
    void visit(StoredPrediction stored, ImageRecord image);

    /// Something that keeps a prediction from being recomputed.
    void problem(PredictionProblem problem);

    /// Whether more predictions are wanted.
    default boolean wantsMore() {
        return true;
    }
}
