/// Runs a topology: settings, clients, lifecycle, the meters of Kafka Streams, and the checks of topics before a
/// start. The only room that knows `KafkaStreams`.
///
/// Imports `stream`, `stream.admin`, `stream.intake`, `stream.guard`.
@NullMarked
package dev.inkstream.stream.runtime;

import org.jspecify.annotations.NullMarked;
