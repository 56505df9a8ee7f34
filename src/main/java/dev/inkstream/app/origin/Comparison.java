package dev.inkstream.app.origin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.inkstream.app.console.Json;
import dev.inkstream.app.console.Text;
import dev.inkstream.evaluator.HoldoutScorer;
import dev.inkstream.record.HoldoutEvidence.Paired;
import dev.inkstream.record.ModelVersion;
import dev.inkstream.stat.ExactTest;

/// Two versions on the same holdout images. Immutable.
///
/// @param paired the second against the first
/// @param correct of the second
record Comparison(ModelVersion first, ModelVersion second, Paired paired, int correct, int images) {

    static Comparison of(ModelVersion first, HoldoutScorer its, ModelVersion second, HoldoutScorer other) {
        return new Comparison(first, second, other.against(its, first.version()), other.correct(), other.examples());
    }

    /// Probability of such a difference by chance: exact two-sided test of McNemar.
    double pValue() {
        return ExactTest.different(paired.wins(), paired.losses());
    }

    String text() {
        if (images == 0) {
            return "no holdout images to compare them on\n";
        }
        return line(first, paired.correct())
                + line(second, correct)
                + "%s won, %s lost, %s (exact McNemar test, two-sided)\n"
                        .formatted(Text.count(paired.wins()), Text.count(paired.losses()), Text.pValue(pValue()));
    }

    private String line(ModelVersion version, long right) {
        return "%s: %s of %s correct (%s)\n"
                .formatted(
                        Text.printable(version.toString()),
                        Text.count(right),
                        Text.count(images, "holdout image"),
                        Text.percent((double) right / images));
    }

    ObjectNode json() {
        return Json.object()
                .put("images", images)
                .put("correct", paired.correct())
                .put("retrainedCorrect", correct)
                .put("won", paired.wins())
                .put("lost", paired.losses())
                .put("pValue", pValue());
    }
}
