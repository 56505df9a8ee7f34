package dev.inkstream.codec;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;

/// Schemas by id, within a bound on their number and on their text; those least recently used go first. Thread-safe.
final class KnownSchemas {
    private final Map<Integer, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private final int maxEntries;
    private final long maxChars;
    private long chars;

    private record Entry(Schema schema, int chars) {}

    KnownSchemas(int maxEntries, long maxChars) {
        this.maxEntries = maxEntries;
        this.maxChars = maxChars;
    }

    synchronized Optional<Schema> get(int id) {
        return Optional.ofNullable(entries.get(id)).map(Entry::schema);
    }

    /// @param textChars length of the text that the schema was read from
    synchronized void put(int id, Schema schema, int textChars) {
        Entry before = entries.put(id, new Entry(schema, textChars));
        chars += textChars - (before == null ? 0 : before.chars());
        Iterator<Entry> eldest = entries.values().iterator();
        while (entries.size() > 1 && (entries.size() > maxEntries || chars > maxChars)) {
            chars -= eldest.next().chars();
            eldest.remove();
        }
    }
}
