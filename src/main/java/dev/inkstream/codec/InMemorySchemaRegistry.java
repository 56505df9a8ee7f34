package dev.inkstream.codec;

import dev.inkstream.record.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/// A registry without a server: it knows every schema that Inkstream ever wrote with, and those registered with it.
/// Thread-safe.
///
/// An id is the first 31 bits of the SHA-256 of the schema's canonical form (Avro specification, "Parsing
/// Canonical Form"), so that processes which share no registry still agree on every id, and a schema that
/// changed in any way that matters has another id.
public final class InMemorySchemaRegistry implements SchemaRegistry {
    private final Map<Integer, Schema> registered = new ConcurrentHashMap<>();

    /// The id that any such registry gives `schema`.
    public static int idOf(Schema schema) {
        byte[] canonical = SchemaNormalization.toParsingForm(schema).getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.wrap(Sha256.of(canonical).bytes()).getInt() & Integer.MAX_VALUE;
    }

    @Override
    public int register(String subject, Schema schema) {
        int id = idOf(schema);
        registered.putIfAbsent(id, schema);
        return id;
    }

    @Override
    public Schema byId(int id) {
        Schema schema = BuiltInSchemas.byId(id).orElse(registered.get(id));
        if (schema == null) {
            throw UnknownIds.unknown("schema id " + id
                    + " is none of Inkstream's own; if a schema registry gave it, set" + " schema.registry.url");
        }
        return schema;
    }
}
