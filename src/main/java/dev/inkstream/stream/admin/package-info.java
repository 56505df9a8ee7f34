/// Asks an admin client, and waits for its answers.
///
/// Imports no other package of Inkstream.
@NullMarked
package dev.inkstream.stream.admin;

import org.jspecify.annotations.NullMarked;
