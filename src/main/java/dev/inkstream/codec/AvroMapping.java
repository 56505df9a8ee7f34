package dev.inkstream.codec;

import dev.inkstream.record.InvalidRecordException;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;

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
}
