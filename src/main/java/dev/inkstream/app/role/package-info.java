/// The roles: a topology, its settings and its runner put together, each as a command of its own. Imports
/// `record`, `network`, `stream`, `app.cluster`, `app.console` and `app.monitor`.
@NullMarked
package dev.inkstream.app.role;

import org.jspecify.annotations.NullMarked;
