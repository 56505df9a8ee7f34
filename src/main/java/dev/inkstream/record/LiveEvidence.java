package dev.inkstream.record;

/// How a shadow did beside the serving version, on images whose labels came later. Immutable.
///
/// @param shadow the version that ran as the shadow
/// @param serving the version that served
/// @param labels labeled images that both classified
/// @param wins images that only the shadow classified correctly
/// @param losses images that only the serving version classified correctly
/// @param better e-value for the shadow being better
/// @param worse e-value for the shadow being worse
public record LiveEvidence(
        long shadow, long serving, long labels, long wins, long losses, double better, double worse) {}
