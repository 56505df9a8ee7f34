/// Shows predictions and dead letters as they are made.
///
/// Imports `record`, `codec`, `stream`, `stream.intake`, `stream.runtime`, `app.cluster`, `app.console`.
@NullMarked
package dev.inkstream.app.tail;

import org.jspecify.annotations.NullMarked;
