package dev.inkstream.evaluator;

import org.apache.commons.numbers.gamma.LogBeta;
import org.apache.commons.numbers.gamma.RegularizedBeta;

/// A test of two versions on the same images that may be looked at after every label. Stateless.
///
/// Of the images on which the versions differ, each is a win or a loss. If a win is no more likely than a loss, nobody
/// can get rich by betting on wins at even odds: the capital is a nonnegative supermartingale, and by Ville's
/// inequality it ever reaches 1/p with a probability of at most p. The capital is the evidence, an e-value (Shafer,
/// "Testing by betting", J. R. Stat. Soc. A 184, 2021; Waudby-Smith and Ramdas, J. R. Stat. Soc. B 86, 2024). The bet
/// here is spread evenly over all probabilities q of a win above 1/2 (Robbins, Ann. Math. Stat. 41, 1970):
///
///     2^(n+1) * integral from 1/2 to 1 of q^wins (1-q)^losses dq,  n = wins + losses
///
/// It depends on the two counts alone.
final class BettingTest {
    private static final double LOG_2 = Math.log(2);

    private BettingTest() {}

    /// Evidence that a win is more likely than a loss: 1 without any, at least 1/p with an error of at most p.
    static double evidence(long wins, long losses) {
        double a = wins + 1.0;
        double b = losses + 1.0;
        // In logarithms: either factor alone may be too large or too small for a double.
        double log =
                (wins + losses + 1) * LOG_2 + LogBeta.value(a, b) + Math.log(RegularizedBeta.complement(0.5, a, b));
        return Math.min(Math.exp(log), Double.MAX_VALUE);
    }
}
