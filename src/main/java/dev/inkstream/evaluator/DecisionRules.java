package dev.inkstream.evaluator;

import java.util.OptionalDouble;

/// How much evidence a decision needs. Immutable.
///
/// @param minHoldout holdout images without which no candidate is judged, 1 or more
/// @param minAccuracy share of holdout images that a version must classify correctly, 0 to 1; empty for significantly
///     more than guessing
/// @param significance probability, above 0 and below 1, of a wrong decision between equally good versions
/// @param trialLabels labeled images after which a shadow that has not shown to be better is rejected, 1 or more
public record DecisionRules(
        PromotionPolicy policy, int minHoldout, OptionalDouble minAccuracy, double significance, int trialLabels) {
    /// With fewer, seven images that differ, which the test needs at least, are rare.
    public static final int DEFAULT_MIN_HOLDOUT = 100;

    /// One wrong decision in a hundred.
    public static final double DEFAULT_SIGNIFICANCE = 0.01;

    /// Enough to find a difference of one point.
    public static final int DEFAULT_TRIAL_LABELS = 5_000;

    /// @throws IllegalArgumentException if a value is out of range
    public DecisionRules {
        if (!(significance > 0 && significance < 1)) {
            throw new IllegalArgumentException("significance is " + significance + "; it must be above 0 and below 1");
        }
        minAccuracy.ifPresent(share -> {
            if (!(share >= 0 && share <= 1)) {
                throw new IllegalArgumentException("min accuracy is " + share + "; it must be 0 to 1");
            }
        });
        if (minHoldout < 1) {
            throw new IllegalArgumentException("min holdout is " + minHoldout + "; it must be 1 or more");
        }
        if (trialLabels < 1) {
            throw new IllegalArgumentException("trial labels is " + trialLabels + "; it must be 1 or more");
        }
    }

    /// A policy with the usual evidence.
    public static DecisionRules of(PromotionPolicy policy) {
        return new DecisionRules(
                policy, DEFAULT_MIN_HOLDOUT, OptionalDouble.empty(), DEFAULT_SIGNIFICANCE, DEFAULT_TRIAL_LABELS);
    }

    /// The same with other holdout sets.
    public DecisionRules withMinHoldout(int images) {
        return new DecisionRules(policy, images, minAccuracy, significance, trialLabels);
    }

    /// The e-value that decides a trial. A trial asks two questions, better or worse, which share the error.
    double enough() {
        return 2 / significance;
    }
}
