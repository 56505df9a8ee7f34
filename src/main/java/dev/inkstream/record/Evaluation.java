package dev.inkstream.record;

/// How one version of a model does on the holdout images. Immutable.
///
/// @param trainedExamples labeled images the version was trained on
/// @param confusion label against prediction over all holdout images; all 0 without holdout images
/// @param meanLoss mean loss over the holdout images; 0 without any
/// @param promoted whether the version was published on `serving-weights`
public record Evaluation(
        ModelVersion id, long trainedExamples, ConfusionMatrix confusion, double meanLoss, boolean promoted) {

    /// Share of holdout images classified correctly, 0 to 1; NaN without any.
    public double accuracy() {
        return (double) confusion.correct() / confusion.examples();
    }
}
