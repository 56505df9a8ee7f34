/// The program: `main`, the commands and their options, error messages and exit codes. The only
/// package (with those below it) that touches sockets, the environment, the console or the exit
/// status. No other package
/// imports it.
///
/// Imports any other package of Inkstream.
@NullMarked
package dev.inkstream.app;

import org.jspecify.annotations.NullMarked;
