package dev.inkstream.evaluator;

/// Who decides that a version serves.
public enum PromotionPolicy {
    /// A version serves unless the holdout images speak against it. Then the version that it replaced runs beside it,
    /// and is restored if labels show that it is better.
    HOLDOUT,
    /// A version that passes the holdout images runs beside the serving version, and serves if labels show that it is
    /// better.
    LIVE,
    /// Every version serves.
    ALWAYS,
    /// Only an operator's command changes what serves.
    MANUAL;

    /// Whether versions are judged by evidence.
    boolean judges() {
        return this == HOLDOUT || this == LIVE;
    }
}
