/// What is known of models and their versions, read from their topics.
///
/// Imports `record`, `codec`, `stream`, `stream.intake`, `stream.runtime`, `app.cluster`, `app.console`.
@NullMarked
package dev.inkstream.app.models;

import org.jspecify.annotations.NullMarked;
