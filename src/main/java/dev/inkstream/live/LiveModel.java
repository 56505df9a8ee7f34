package dev.inkstream.live;

import dev.inkstream.stream.ImageFormat;
import dev.inkstream.stream.Topics;

/// The model whose predictions are joined with labels, and where these are. Immutable.
///
/// @param model name of the model; predictions of others are passed over
/// @param live how they are joined
public record LiveModel(Topics topics, String model, ImageFormat format, LiveSettings live) {}
