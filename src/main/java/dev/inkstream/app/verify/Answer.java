package dev.inkstream.app.verify;

import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.Prediction;
import java.util.ArrayList;
import java.util.List;

/// What one version says of an image: a prediction has the answer of the version that served and that of its shadow.
///
/// @param what `it` or `its shadow`
/// @param scores one for each class; never written to
record Answer(String what, ModelVersion version, int label, float[] scores) {
    /// All answers of a prediction.
    static List<Answer> of(Prediction prediction) {
        List<Answer> answers = new ArrayList<>();
        answers.add(new Answer("it", prediction.model(), prediction.label(), prediction.scores()));
        prediction
                .shadow()
                .ifPresent(shadow ->
                        answers.add(new Answer("its shadow", shadow.model(), shadow.label(), shadow.scores())));
        return answers;
    }
}
