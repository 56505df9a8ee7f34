/// A Kafka broker inside this process. Its jars are of `provided` scope and absent from the class path of role
/// processes, so no other package may name a class of the Kafka server.
///
/// Imports `record`, `dataset`, `app.console`, `app.files`.
@NullMarked
package dev.inkstream.app.broker;

import org.jspecify.annotations.NullMarked;
