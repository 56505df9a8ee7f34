/// Trains a model on labeled images, by mini-batches in the order of the log, and publishes its versions.
///
/// ```
/// labeled-images -> decode -> train -> weight-snapshots
///                               |
///                           checkpoint
/// ```
///
/// The same log gives the same bits. A checkpoint is a change of the store, in the transaction of its snapshot.
///
/// Imports `record`, `network`, `codec`, `stream`, `stream.intake`, `stream.runtime`.
@NullMarked
package dev.inkstream.trainer;

import org.jspecify.annotations.NullMarked;
