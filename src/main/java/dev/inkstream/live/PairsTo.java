package dev.inkstream.live;

import java.util.function.Function;

/// Where the outcomes of two versions on the same images go. Immutable.
///
/// @param processor its name in the topology
/// @param as what it takes
public record PairsTo(String processor, Function<PairedOutcome, ?> as) {}
