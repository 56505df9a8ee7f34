/// Where versions come from: exports and imports them, rebuilds them without some records, and finds the records after
/// which accuracy fell.
///
/// Imports `record`, `network`, `stat`, `dataset`, `codec`, `trainer`, `evaluator`, `interchange`, `signature`,
/// `stream`, `stream.admin`, `stream.intake`, `app.cluster`, `app.console`, `app.models`, `app.verify`.
@NullMarked
package dev.inkstream.app.origin;

import org.jspecify.annotations.NullMarked;
