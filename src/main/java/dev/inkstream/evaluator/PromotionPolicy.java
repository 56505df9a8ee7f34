package dev.inkstream.evaluator;

import dev.inkstream.record.ConfusionMatrix;
import dev.inkstream.record.WeightSnapshot;

/// Decides whether a scored version serves next. Implementations depend on nothing but their
/// arguments, so that a replay decides the same.
@FunctionalInterface
public interface PromotionPolicy {
    boolean promotes(WeightSnapshot snapshot, ConfusionMatrix score);

    /// Every version serves.
    static PromotionPolicy always() {
        return (snapshot, score) -> true;
    }
}
