package dev.inkstream.stat;

import org.apache.commons.statistics.distribution.BinomialDistribution;

/// Exact tests on counts of images. Stateless.
public final class ExactTest {
    private ExactTest() {}

    /// Exact one-sided test of McNemar (Psychometrika 12, 1947) between two versions on the same images: the
    /// probability of at most so many wins if a win and a loss are equally likely.
    ///
    /// @param wins images that only the version judged classifies correctly
    /// @param losses images that only the other version classifies correctly
    public static double worse(long wins, long losses) {
        int trials = Math.toIntExact(wins + losses);
        return BinomialDistribution.of(trials, 0.5).cumulativeProbability(Math.toIntExact(wins));
    }

    /// Exact binomial test: the probability of at least so many correct images by guessing.
    ///
    /// @param chance that a guess is correct, 0 to 1
    public static double guessing(long correct, long examples, double chance) {
        return BinomialDistribution.of(Math.toIntExact(examples), chance)
                .survivalProbability(Math.toIntExact(correct) - 1);
    }

    /// The same test, two-sided: the probability of a difference at least as large in either direction.
    public static double different(long wins, long losses) {
        return Math.min(1, 2 * Math.min(worse(wins, losses), worse(losses, wins)));
    }
}
