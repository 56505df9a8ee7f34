package dev.inkstream.record;

import java.util.Optional;

/// How a version does on the holdout images. Immutable.
///
/// @param examples holdout images scored
/// @param correct those that the version classifies correctly
/// @param guessing probability of at least so many by guessing: exact binomial test
/// @param serving against the version that serves; empty if none does
/// @param best against the best version that has served; empty if none has, or it serves
public record HoldoutEvidence(
        long examples, long correct, double guessing, Optional<Paired> serving, Optional<Paired> best) {

    /// A version against another on the same images.
    ///
    /// @param version the other version
    /// @param correct images that the other version classifies correctly
    /// @param wins images that only the version judged classifies correctly
    /// @param losses images that only the other version classifies correctly
    /// @param worse probability of at most so many wins if both were equally good: exact one-sided McNemar test
    public record Paired(long version, long correct, long wins, long losses, double worse) {}

    /// Share classified correctly, 0 to 1; NaN without images.
    public double accuracy() {
        return (double) correct / examples;
    }
}
