/// The immutable domain records, the reasons to reject one ([RejectReason]), and the versioned bytes of state. No Avro,
/// no Kafka; imports nothing of this program.
@NullMarked
package dev.inkstream.record;

import org.jspecify.annotations.NullMarked;
