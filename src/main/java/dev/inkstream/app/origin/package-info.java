/// Where versions come from: exports and imports them, rebuilds them without some records, and finds the records after
/// which accuracy fell.
///
/// Imports `record`, `network`, `stat`, `dataset`, `codec`, `trainer`, `evaluator`, `interchange`, `stream`,
/// `stream.admin`, `stream.intake`, `stream.runtime`, `app.cluster`, `app.console`, `app.verify`.
@NullMarked
package dev.inkstream.app.origin;

import org.jspecify.annotations.NullMarked;
