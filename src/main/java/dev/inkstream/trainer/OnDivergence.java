package dev.inkstream.trainer;

/// What a trainer does with a record whose loss is not finite, while all parameters are.
///
/// It is not among the settings that determine the weights: either way nothing is learned from the record, so the
/// versions of a trainer that stops are the first versions of one that skips.
public enum OnDivergence {
    /// Stops at the record, each time it is started.
    STOP,
    /// Sends the record to the dead letters, and trains on the next.
    SKIP
}
