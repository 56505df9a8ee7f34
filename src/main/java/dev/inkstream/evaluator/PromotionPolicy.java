package dev.inkstream.evaluator;

import dev.inkstream.record.ConfusionMatrix;
import dev.inkstream.record.WeightSnapshot;

/// Decides whether a version that was scored goes on to serve. Implementations depend on nothing but their
/// arguments, so that a replay decides the same.
@FunctionalInterface
public interface PromotionPolicy {
    boolean promotes(WeightSnapshot snapshot, ConfusionMatrix score);

    /// Every version serves.
    static PromotionPolicy always() {
        return (snapshot, score) -> true;
    }
}
