package dev.inkstream.record;

import java.util.Optional;
import org.apache.avro.Schema;

/// Gives schemas the ids that stand in front of every value. Implementations are thread-safe, and remember what
/// they were asked within a bound.
public sealed interface SchemaRegistry permits InMemorySchemaRegistry, RestSchemaRegistry {

    /// The id of `schema` under `subject` (`<topic>-value`), registering it where it is new and that is allowed.
    ///
    /// @throws SchemaRegistryException if the registry does not answer, or refuses the schema
    int register(String subject, Schema schema);

    /// The schema of an id; empty if the registry has no Avro schema of that id.
    ///
    /// @throws SchemaRegistryException if the registry does not answer
    Optional<Schema> byId(int id);
}
