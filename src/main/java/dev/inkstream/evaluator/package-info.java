/// Scores versions on the holdout images, and publishes the version that serves.
///
/// ```
/// holdout-images ---> keep ------------+
///                                      v
/// weight-snapshots -> decode -> evaluate -> evaluations
///                                      +--> serving-weights (those that are promoted)
/// predictions, labels -> live -> live-evaluations, drift-events
/// ```
///
/// Imports `record`, `network`, `codec`, `stream`, `stream.intake`, `stream.runtime`, `live`,
/// `stat`.
@NullMarked
package dev.inkstream.evaluator;

import org.jspecify.annotations.NullMarked;
