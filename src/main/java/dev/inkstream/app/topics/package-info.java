/// Creates and lists the topics of a cluster.
///
/// Imports `stream`, `stream.admin`, `app.cluster`, `app.console`.
@NullMarked
package dev.inkstream.app.topics;

import org.jspecify.annotations.NullMarked;
