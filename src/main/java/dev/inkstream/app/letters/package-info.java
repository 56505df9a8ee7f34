/// Dead letters: what lies there, and the way back to the topics.
///
/// Imports `record`, `dataset`, `codec`, `stream`, `stream.intake`, `stream.runtime`, `app.cluster`, `app.console`.
@NullMarked
package dev.inkstream.app.letters;

import org.jspecify.annotations.NullMarked;
