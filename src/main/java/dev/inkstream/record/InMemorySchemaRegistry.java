package dev.inkstream.record;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/// A registry without a server: it knows Inkstream's own schemas, and those registered with it. Thread-safe.
///
/// An id is the first 31 bits of the SHA-256 of the schema's canonical form (Avro specification, "Parsing
/// Canonical Form"), so that processes which share no registry still agree on every id, and a schema that
/// changed in any way that matters has another id.
public final class InMemorySchemaRegistry implements SchemaRegistry {
    private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();

    /// A registry that knows Inkstream's own schemas.
    public InMemorySchemaRegistry() {
        AvroSerdes.schemas().forEach(schema -> schemas.put(idOf(schema), schema));
    }

    /// The id that any such registry gives `schema`.
    public static int idOf(Schema schema) {
        byte[] canonical = SchemaNormalization.toParsingForm(schema).getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.wrap(Sha256.of(canonical).bytes()).getInt() & Integer.MAX_VALUE;
    }

    @Override
    public int register(String subject, Schema schema) {
        int id = idOf(schema);
        schemas.putIfAbsent(id, schema);
        return id;
    }

    @Override
    public Optional<Schema> byId(int id) {
        return Optional.ofNullable(schemas.get(id));
    }
}
