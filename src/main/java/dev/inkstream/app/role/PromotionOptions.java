package dev.inkstream.app.role;

import dev.inkstream.app.console.OptionRange;
import dev.inkstream.app.console.UsageException;
import dev.inkstream.evaluator.DecisionRules;
import dev.inkstream.evaluator.PromotionPolicy;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which version may serve.
public final class PromotionOptions {
    @Option(
            names = "--promotion",
            paramLabel = "POLICY",
            defaultValue = "holdout",
            description = "Who decides what serves: holdout (a version serves unless the holdout images speak against"
                    + " it), live (it runs beside the serving version first, and serves if labels show that it is"
                    + " better), always, or manual (only commands) (default: ${DEFAULT-VALUE}).")
    private PromotionPolicy policy = PromotionPolicy.HOLDOUT;

    @Option(
            names = "--min-accuracy",
            paramLabel = "SHARE",
            description = "Holdout accuracy without which no version is promoted, 0 to 1 (default: significantly better"
                    + " than guessing).")
    private @Nullable Double minAccuracy;

    @Option(
            names = "--min-holdout",
            paramLabel = "N",
            defaultValue = "100",
            description = "Holdout images without which no version is judged (default: ${DEFAULT-VALUE}).")
    private int minHoldout = DecisionRules.DEFAULT_MIN_HOLDOUT;

    @Option(
            names = "--significance",
            paramLabel = "P",
            defaultValue = "0.01",
            description = "Probability of a wrong decision between equally good versions (default: ${DEFAULT-VALUE}).")
    private double significance = DecisionRules.DEFAULT_SIGNIFICANCE;

    @Option(
            names = "--trial-labels",
            paramLabel = "N",
            defaultValue = "5000",
            description = "Labeled images after which a version that runs beside the serving one, and has not shown to"
                    + " be better, is rejected (default: ${DEFAULT-VALUE}).")
    private int trialLabels = DecisionRules.DEFAULT_TRIAL_LABELS;

    /// @throws UsageException when a value is out of range
    public DecisionRules rules() {
        OptionRange.from("--min-holdout", 1).check(minHoldout);
        OptionRange.from("--trial-labels", 1).check(trialLabels);
        try {
            return new DecisionRules(
                    policy,
                    minHoldout,
                    minAccuracy == null ? OptionalDouble.empty() : OptionalDouble.of(minAccuracy),
                    significance,
                    trialLabels);
        } catch (IllegalArgumentException e) {
            throw UsageException.of(e);
        }
    }
}
