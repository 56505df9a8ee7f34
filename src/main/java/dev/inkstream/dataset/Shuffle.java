package dev.inkstream.dataset;

/// The order in which an epoch visits a finite set: a function of seed and epoch alone, the same on every machine.
public final class Shuffle {
    private Shuffle() {}

    /// A permutation of `0 .. size-1`: Fisher-Yates from the last place down, driven by SplitMix64 seeded with
    /// `seed` and `epoch`. The array is the caller's own.
    ///
    /// @param size how many items, 0 or more
    /// @param epoch the pass over the set, from 0
    /// @throws IllegalArgumentException if `size` or `epoch` is negative
    public static int[] order(int size, long seed, int epoch) {
        if (size < 0) {
            throw new IllegalArgumentException("size is " + size + "; it must be 0 or more");
        }
        if (epoch < 0) {
            throw new IllegalArgumentException("epoch is " + epoch + "; it must be 0 or more");
        }
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            order[i] = i;
        }
        SplitMix64.of(seed, epoch).shuffle(order);
        return order;
    }
}
