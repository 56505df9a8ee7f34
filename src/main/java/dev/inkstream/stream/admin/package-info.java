/// Asks an admin client, and waits for its answers. Imports nothing of this program.
@NullMarked
package dev.inkstream.stream.admin;

import org.jspecify.annotations.NullMarked;
