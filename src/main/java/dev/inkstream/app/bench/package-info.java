/// Measures how much the roles take in on this machine, with a real broker in the same process. Imports any
/// package of Inkstream but `app` itself.
@NullMarked
package dev.inkstream.app.bench;

import org.jspecify.annotations.NullMarked;
