/// Keeps an application instance from processing twice what a committed transaction has processed, and from
/// displacing its successor.
///
/// Imports `record`, `stream.admin`, `stream.intake`.
@NullMarked
package dev.inkstream.stream.guard;

import org.jspecify.annotations.NullMarked;
