/// What stands between the Kafka clients and the topologies: consumers whose memory is bounded, whatever a record
/// decompresses to, and the marks on records that were cut. Imports [dev.inkstream.record] and the Kafka clients.
@NullMarked
package dev.inkstream.stream.intake;

import org.jspecify.annotations.NullMarked;
