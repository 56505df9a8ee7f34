/// Exact statistical tests on counts of images. Pure computation.
///
/// Imports no other package of Inkstream.
@NullMarked
package dev.inkstream.stat;

import org.jspecify.annotations.NullMarked;
