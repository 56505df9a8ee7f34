/// Asks an admin client, and waits for its answers.
///
/// Imports `record`.
@NullMarked
package dev.inkstream.stream.admin;

import org.jspecify.annotations.NullMarked;
