package dev.inkstream.codec;

import org.apache.avro.Schema;

/// Gives schemas the ids that stand in front of every value. Implementations are thread-safe, and cache what they
/// were asked within a bound.
public sealed interface SchemaRegistry permits InMemorySchemaRegistry, RestSchemaRegistry, StateSchemas {

    /// The id of `schema` under `subject` (`<topic>-value`), registering it where it is new and that is allowed.
    ///
    /// @throws SchemaRegistryException if the registry does not answer, or refuses the schema
    int register(String subject, Schema schema);

    /// The schema that a record with this id was written with.
    ///
    /// @throws dev.inkstream.record.InvalidRecordException if the registry has no Avro schema of that id
    /// @throws SchemaRegistryException if the registry does not answer
    Schema byId(int id);
}
