/// Predictions that were served against the labels that come later.
///
/// ```
/// predictions -> decode -+                             +-> live-evaluations
///                        +-> inputs by image -> join --+
/// labels ------> decode -+                     |       +-> drift-events
///                                       images, windows,
///                                        drift detector
/// ```
///
/// A part of the evaluator's topology, which is the only one that uses it.
@NullMarked
package dev.inkstream.live;

import org.jspecify.annotations.NullMarked;
