/// Files that live as long as the process.
///
/// Imports no other package of Inkstream.
@NullMarked
package dev.inkstream.app.files;

import org.jspecify.annotations.NullMarked;
