package dev.inkstream.stream.intake;

import org.apache.kafka.streams.processor.api.Record;

/// A decoded value together with the record that held it, for a processor that may still reject the record.
///
/// @param record as it came
public record Arrived<V>(V value, Record<byte[], byte[]> record) {}
