/// Sends finite sets of images to topics, once or for ever. Imports `record`, `dataset`, `stream`,
/// `app.cluster` and `app.console`.
@NullMarked
package dev.inkstream.app.feed;

import org.jspecify.annotations.NullMarked;
