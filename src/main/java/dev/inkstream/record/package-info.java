/// Avro records on the wire and the immutable domain records they become: codecs, Confluent wire
/// framing, schema registry client. Imports nothing else of Inkstream; the generated Avro classes
/// (`record.avro`) are used in this package alone.
@NullMarked
package dev.inkstream.record;

import org.jspecify.annotations.NullMarked;
