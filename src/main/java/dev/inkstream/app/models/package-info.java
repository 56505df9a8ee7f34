/// What is known of models and their versions, read from their topics; and what operators ask the evaluator to do.
///
/// Imports `record`, `codec`, `stream`, `stream.admin`, `stream.intake`, `app.cluster`,
/// `app.console`.
@NullMarked
package dev.inkstream.app.models;

import org.jspecify.annotations.NullMarked;
