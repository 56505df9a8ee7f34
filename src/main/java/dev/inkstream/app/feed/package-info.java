/// Sends finite sets of images to topics, once or for ever.
///
/// Imports `record`, `dataset`, `codec`, `stream`, `stream.runtime`, `app.cluster`, `app.console`.
@NullMarked
package dev.inkstream.app.feed;

import org.jspecify.annotations.NullMarked;
