/// Recomputes what is on the topics: versions from labeled images, predictions from images and versions.
///
/// Imports `record`, `network`, `stat`, `dataset`, `codec`, `trainer`, `stream`, `stream.intake`,
/// `app.cluster`, `app.console`, `app.models`, `app.picture`.
@NullMarked
package dev.inkstream.app.verify;

import org.jspecify.annotations.NullMarked;
