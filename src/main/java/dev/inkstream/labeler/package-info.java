/// Joins images with labels that arrive separately into labeled images.
///
/// ```
/// images -> decode -+
///                   +-> arrivals by image id -> join -> labeled-images
/// labels -> decode -+                            |
///                                        held by image id
/// ```
///
/// Each source is decoded on its own. The join waits by the times of records, not by a clock (ADR 9).
///
/// Imports `record`, `codec`, `stream`, `stream.intake`, `stream.runtime`.
@NullMarked
package dev.inkstream.labeler;

import org.jspecify.annotations.NullMarked;
