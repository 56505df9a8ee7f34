/// Joins served predictions with the labels that come later, sums the outcomes by window, and detects drift.
///
/// ```
/// predictions -> decode -> collect -+                                         +-> live-evaluations
///                                   +-> batches of events -> join -> sum -----+
/// labels ------> decode -> collect -+                         |      |        +-> drift-events
///                                                   by image id    windows,
///                                                   in partitions  drift detector
/// ```
///
/// A part of the evaluator's topology, which is the only one that uses it.
///
/// Imports `record`, `codec`, `stream`, `stream.intake`, `stream.runtime`.
@NullMarked
package dev.inkstream.live;

import org.jspecify.annotations.NullMarked;
