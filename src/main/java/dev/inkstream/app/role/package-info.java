/// The roles: a topology, its settings and its runner put together, each as a command of its own.
/// `Readiness` is what `/readyz` asks.
///
/// Imports any other package of Inkstream.
@NullMarked
package dev.inkstream.app.role;

import org.jspecify.annotations.NullMarked;
