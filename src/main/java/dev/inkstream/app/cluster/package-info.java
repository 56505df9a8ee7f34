/// How to reach a Kafka cluster and its schema registry, and what their failures mean to a person.
///
/// Imports `record`, `dataset`, `codec`, `signature`, `stream`, `stream.admin`, `stream.intake`,
/// `stream.runtime`, `app.console`.
@NullMarked
package dev.inkstream.app.cluster;

import org.jspecify.annotations.NullMarked;
