package dev.inkstream.codec;

import dev.inkstream.record.InvalidRecordException;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/// The two directions between a domain record and the class generated from its schema.
///
/// Implementations are stateless. `toDomain` throws [InvalidRecordException] for what the schema allows and the
/// domain does not.
///
/// @param <D> the domain record
/// @param <A> the generated Avro class
interface AvroMapping<D, A extends SpecificRecordBase> {
    Schema schema();

    A toAvro(D domain);

    D toDomain(A avro);

    /// Reads a record that was written with our own schema. Null if it is unusual ([PlainInput#isWhole()]), or if the
    /// mapping has no faster way than Avro's reader, which then reads it.
    default @Nullable D toDomain(PlainInput in) {
        return null;
    }
}
