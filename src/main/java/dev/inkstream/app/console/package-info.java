/// What a command and the person who started it say to each other: output, failures in one sentence, stop requests.
///
/// Imports no other package of Inkstream.
@NullMarked
package dev.inkstream.app.console;

import org.jspecify.annotations.NullMarked;
