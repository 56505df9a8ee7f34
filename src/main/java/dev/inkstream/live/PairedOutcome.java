package dev.inkstream.live;

/// Labeled images that the shadow and the serving version classified. Immutable.
///
/// @param serving the version that served
/// @param shadow the version that ran beside it
/// @param labels how many images
/// @param wins those that only the shadow classified correctly
/// @param losses those that only the serving version classified correctly
public record PairedOutcome(long serving, long shadow, long labels, long wins, long losses) {}
