/// Images as people see them: grids of tiles for terminals and PNG files; the `show` command.
///
/// Imports `dataset`, `app.console`, `app.feed`.
@NullMarked
package dev.inkstream.app.picture;

import org.jspecify.annotations.NullMarked;
