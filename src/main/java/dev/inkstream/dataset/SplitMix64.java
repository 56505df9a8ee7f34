package dev.inkstream.dataset;

/// The SplitMix64 generator (Steele, Lea, Flood: "Fast Splittable Pseudorandom Number Generators", 2014), written
/// out so that a seed gives the same numbers on every machine and in every release of Java. Not thread-safe.
final class SplitMix64 {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    private static final double DOUBLE_UNIT = 0x1.0p-53;

    private long state;

    SplitMix64(long seed) {
        this.state = seed;
    }

    /// The generator numbered `index` of a seed: its numbers are unrelated to those of any other index.
    static SplitMix64 of(long seed, long index) {
        return new SplitMix64(mix(mix(seed + GOLDEN_GAMMA) + index * GOLDEN_GAMMA));
    }

    long nextLong() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    /// Uniform in `[0, 1)`.
    double nextDouble() {
        return (nextLong() >>> 11) * DOUBLE_UNIT;
    }

    /// Uniform in `[low, high)`.
    double between(double low, double high) {
        return low + (high - low) * nextDouble();
    }

    /// Bell-shaped with mean 0 and standard deviation `deviation`, never beyond 3 of them: the sum of three
    /// uniform numbers in `[-1, 1)`, whose variance is 1. Plain arithmetic, so the same on every machine.
    double bell(double deviation) {
        return deviation * (between(-1, 1) + between(-1, 1) + between(-1, 1));
    }

    /// Uniform in `[0, bound)` for a positive bound, without bias (Lemire: "Fast Random Integer Generation in an
    /// Interval", 2019).
    int nextInt(int bound) {
        long product = (nextLong() >>> 32) * bound;
        long threshold = (1L << 32) % bound;
        while ((product & 0xFFFFFFFFL) < threshold) {
            product = (nextLong() >>> 32) * bound;
        }
        return (int) (product >>> 32);
    }

    /// Puts an array in random order (Fisher-Yates, from the last place down).
    void shuffle(int[] values) {
        for (int i = values.length - 1; i > 0; i--) {
            int j = nextInt(i + 1);
            int swapped = values[i];
            values[i] = values[j];
            values[j] = swapped;
        }
    }

    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
