/// Everything in one process: broker, roles, feeders, and what a newcomer sees of them. Imports any package of
/// Inkstream but `app` itself.
@NullMarked
package dev.inkstream.app.demo;

import org.jspecify.annotations.NullMarked;
