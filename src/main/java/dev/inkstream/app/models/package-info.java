/// What is known of models and their versions, read from their topics. Imports `record`, `stream`, `app.cluster`
/// and `app.console`.
@NullMarked
package dev.inkstream.app.models;

import org.jspecify.annotations.NullMarked;
