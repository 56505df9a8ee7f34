/// The immutable domain records, the reasons to reject one ([RejectReason]), and the versioned bytes of state
/// ([StateFormat]); also cause chains ([Causes]) and the range of times ([Times]). No Avro, no Kafka.
///
/// Imports no other package of Inkstream.
@NullMarked
package dev.inkstream.record;

import org.jspecify.annotations.NullMarked;
