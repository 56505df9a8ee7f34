/// Domain records to Avro on the wire and back: mappings, Confluent framing, the built-in schemas and the client of
/// a schema registry. The generated classes (`dev.inkstream.record.avro`) and Avro itself stay in here.
///
/// Imports `record`.
@NullMarked
package dev.inkstream.codec;

import org.jspecify.annotations.NullMarked;
