/// Runs a topology: settings, clients, lifecycle, the meters of Kafka Streams, and the checks of topics before a
/// start. The only room that knows `KafkaStreams`. Imports `stream` and its other rooms.
@NullMarked
package dev.inkstream.stream.runtime;

import org.jspecify.annotations.NullMarked;
