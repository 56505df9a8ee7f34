/// Runs every role for a moment, so that the JVM can write a cache of what a start needs.
///
/// Imports `dataset`, `codec`, `stream`, `app.cluster`, `app.console`, `app.feed`, `app.files`, `app.process`.
@NullMarked
package dev.inkstream.app.warmup;

import org.jspecify.annotations.NullMarked;
