package dev.inkstream.app.models;

import dev.inkstream.record.ConfusionMatrix;
import dev.inkstream.record.Evaluation;
import org.jspecify.annotations.Nullable;

/// How a version did on the holdout images. Immutable.
///
/// @param confusion null where it is not kept
record Score(
        long trainedExamples,
        long examples,
        long correct,
        double meanLoss,
        boolean promoted,
        @Nullable ConfusionMatrix confusion) {

    static Score of(Evaluation evaluation, boolean withConfusion) {
        return new Score(
                evaluation.trainedExamples(),
                evaluation.confusion().examples(),
                evaluation.confusion().correct(),
                evaluation.meanLoss(),
                evaluation.promoted(),
                withConfusion ? evaluation.confusion() : null);
    }

    /// Share of holdout images classified correctly, 0 to 1; NaN where there were none.
    double accuracy() {
        return (double) correct / examples;
    }
}
