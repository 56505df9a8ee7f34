package dev.inkstream.network;

/// What Adam remembers of a layer's gradients.
///
/// @param mean their moving average, m
/// @param square the moving average of their squares, v
record AdamMoments(Layer mean, Layer square) {}
