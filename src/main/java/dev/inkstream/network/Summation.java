package dev.inkstream.network;

/// The order in which the products of a neuron's inputs and weights are added up. Float32 sums depend on it, so it is
/// part of what a network computes; the bias is in the first sum.
public enum Summation {
    /// One sum: bias, then each active input in ascending order.
    SEQUENTIAL,

    /// Four partial sums. The k-th active input, counted from 0, adds to the sum k mod 4; the result is
    /// `(s0 + s1) + (s2 + s3)`. A processor adds to one sum while another is still on its way, so this takes about half
    /// the time.
    INTERLEAVED
}
