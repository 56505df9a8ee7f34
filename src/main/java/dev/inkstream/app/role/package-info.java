/// The roles: a topology, its settings and its runner put together, each as a command of its own.
/// `Role.whyNotReady` is what `/readyz` asks.
///
/// Imports every package of Inkstream that it puts together.
@NullMarked
package dev.inkstream.app.role;

import org.jspecify.annotations.NullMarked;
