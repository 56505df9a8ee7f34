/// The topologies: topics, one topology a file, one processor a file, the runner, dead letters. Joins
/// [dev.inkstream.record] with [dev.inkstream.network]; reads no environment, opens no socket of its own but the
/// Kafka clients', and prints nothing.
@NullMarked
package dev.inkstream.stream;

import org.jspecify.annotations.NullMarked;
