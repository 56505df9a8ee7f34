/// Everything in one process: broker, roles, feeders, and what a newcomer sees of them.
///
/// Imports any other package of Inkstream.
@NullMarked
package dev.inkstream.app.demo;

import org.jspecify.annotations.NullMarked;
