/// Measures how much the roles take in on this machine, with a real broker in the same process.
///
/// Imports any other package of Inkstream.
@NullMarked
package dev.inkstream.app.bench;

import org.jspecify.annotations.NullMarked;
