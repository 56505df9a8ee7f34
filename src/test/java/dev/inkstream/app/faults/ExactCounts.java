package dev.inkstream.app.faults;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/// The probabilities and e-values of decisions, in whole numbers and by other formulas than those of the evaluator.
final class ExactCounts {
    /// Relative; the evaluator calculates in doubles.
    private static final double TOLERANCE = 1e-9;

    private ExactCounts() {}

    /// The probability of at most so many heads in so many throws of a coin.
    static double atMost(long heads, long throwsInAll) {
        return ratio(sum(0, heads, throwsInAll, 1), BigInteger.TWO.pow((int) throwsInAll));
    }

    /// The probability of at least so many hits by a guess that is right once in so many times.
    static double atLeast(long hits, long guesses, int oneIn) {
        return ratio(
                sum(hits, guesses, guesses, oneIn - 1),
                BigInteger.valueOf(oneIn).pow((int) guesses));
    }

    /// The e-value of [Robbins' bet](https://doi.org/10.1214/aoms/1177696786): with n = wins + losses, the integral is
    /// the sum of C(n + 1, k) for k from 0 to wins, divided by (n + 1) C(n, wins).
    static double evidence(long wins, long losses) {
        long n = wins + losses;
        return ratio(sum(0, wins, n + 1, 1), choose(n, wins).multiply(BigInteger.valueOf(n + 1)));
    }

    /// Whether two numbers are the same but for rounding.
    static boolean isSame(double actual, double expected) {
        return Math.abs(actual - expected) <= TOLERANCE * Math.abs(expected);
    }

    /// The sum of C(n, k) weight^(n - k) for k in a range.
    private static BigInteger sum(long from, long to, long n, int weight) {
        BigInteger sum = BigInteger.ZERO;
        for (long k = from; k <= to; k++) {
            sum = sum.add(choose(n, k).multiply(BigInteger.valueOf(weight).pow((int) (n - k))));
        }
        return sum;
    }

    private static BigInteger choose(long n, long k) {
        BigInteger product = BigInteger.ONE;
        for (long i = 1; i <= k; i++) {
            product = product.multiply(BigInteger.valueOf(n - k + i)).divide(BigInteger.valueOf(i));
        }
        return product;
    }

    private static double ratio(BigInteger part, BigInteger whole) {
        return new BigDecimal(part)
                .divide(new BigDecimal(whole), MathContext.DECIMAL64)
                .doubleValue();
    }
}
