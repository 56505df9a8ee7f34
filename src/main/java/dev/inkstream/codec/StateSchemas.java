package dev.inkstream.codec;

import org.apache.avro.Schema;

/// The schemas of what a role keeps for itself: in its state stores and their changelogs. Thread-safe.
///
/// Nobody else reads those, so nothing is registered: ids are those without a registry. Records with a registry's ids,
/// as earlier versions wrote, stay readable.
final class StateSchemas implements SchemaRegistry {
    private final InMemorySchemaRegistry own = new InMemorySchemaRegistry();
    private final SchemaRegistry earlier;

    /// @param earlier gives the schemas of ids that are not our own
    StateSchemas(SchemaRegistry earlier) {
        this.earlier = earlier;
    }

    @Override
    public int register(String subject, Schema schema) {
        return own.register(subject, schema);
    }

    @Override
    public Schema byId(int id) {
        return BuiltInSchemas.byId(id).orElseGet(() -> earlier.byId(id));
    }
}
