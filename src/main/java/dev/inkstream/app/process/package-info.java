/// Starts commands of this program in processes of their own.
///
/// Imports `app.console`.
@NullMarked
package dev.inkstream.app.process;

import org.jspecify.annotations.NullMarked;
