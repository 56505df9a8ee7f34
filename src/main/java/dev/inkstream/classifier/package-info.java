/// Classifies images with the version that serves, and publishes predictions.
///
/// ```
/// images ----------> decode -> classify -----> predictions
/// serving-weights -> decode -> load weights    (each instance reads all)
/// ```
///
/// What cannot be used becomes a dead letter; of `serving-weights`, it is refused and the version before serves on.
/// The topology, its settings and what a start looks up are public; processors and meters are not.
///
/// Imports `record`, `network`, `codec`, `stream`, `stream.intake`, `stream.runtime`.
@NullMarked
package dev.inkstream.classifier;

import org.jspecify.annotations.NullMarked;
