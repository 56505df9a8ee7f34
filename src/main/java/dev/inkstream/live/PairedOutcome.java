package dev.inkstream.live;

/// A labeled image that the shadow and the serving version classified. Immutable.
///
/// @param serving the version that served
/// @param shadow the version that ran beside it
/// @param servingCorrect whether the first was correct
/// @param shadowCorrect whether the second was
public record PairedOutcome(long serving, long shadow, boolean servingCorrect, boolean shadowCorrect) {
    /// Whether only the shadow was correct.
    public boolean isWin() {
        return shadowCorrect && !servingCorrect;
    }

    /// Whether only the serving version was correct.
    public boolean isLoss() {
        return servingCorrect && !shadowCorrect;
    }
}
