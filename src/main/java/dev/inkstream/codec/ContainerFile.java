package dev.inkstream.codec;

import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.RejectReason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Avro's container file with one record, taken apart: the schema of its writer and the bytes of the record. Avro's own
/// reader takes memory by the sizes that a file says; here each size is first compared with what is left. Immutable.
///
/// @param schema as JSON
/// @param record belongs to it
record ContainerFile(String schema, byte[] record) {
    private static final byte[] MAGIC = {'O', 'b', 'j', 1};
    private static final int SYNC_BYTES = 16;

    /// Avro parses and resolves types by recursion, in time that grows with the square of their number: a schema of
    /// this size takes a few milliseconds, and too little stack to overflow. Ours has less than 4,000.
    static final int MAX_SCHEMA_CHARACTERS = 65_536;

    /// @throws InvalidRecordException if it is none with one record that is not compressed
    static ContainerFile read(byte[] file) {
        Cursor cursor = new Cursor(file);
        if (!Arrays.equals(cursor.take(MAGIC.length), MAGIC)) {
            throw refused("does not begin as Avro's container files do");
        }
        Map<String, String> metadata = metadata(cursor);
        if (!metadata.getOrDefault("avro.codec", "null").equals("null")) {
            throw refused("is compressed; it must not be");
        }
        byte[] sync = cursor.take(SYNC_BYTES);
        if (cursor.number() != 1) {
            throw refused("does not begin with a block of one record");
        }
        byte[] record = cursor.take(cursor.number());
        if (!Arrays.equals(cursor.take(SYNC_BYTES), sync) || !cursor.isAtEnd()) {
            throw refused("has more than one record, or is damaged");
        }
        String schema = metadata.getOrDefault("avro.schema", "");
        if (schema.length() > MAX_SCHEMA_CHARACTERS) {
            throw refused("has a schema of %d characters; it must have at most %d"
                    .formatted(schema.length(), MAX_SCHEMA_CHARACTERS));
        }
        return new ContainerFile(schema, record);
    }

    private static Map<String, String> metadata(Cursor cursor) {
        Map<String, String> metadata = new HashMap<>();
        for (long count = cursor.number(); count != 0; count = cursor.number()) {
            if (count < 0) {
                // The length of the block follows.
                var _ = cursor.number();
            }
            // Each entry takes a byte at least, so a file bounds their number.
            for (long i = 0; i < Math.abs(count); i++) {
                String key = cursor.text();
                metadata.put(key, cursor.text());
            }
        }
        return metadata;
    }

    private static InvalidRecordException refused(String why) {
        return new InvalidRecordException(RejectReason.BAD_SNAPSHOT, "the Avro file " + why);
    }

    /// Not thread-safe.
    private static final class Cursor {
        private final byte[] bytes;
        private int position;

        private Cursor(byte[] bytes) {
            this.bytes = bytes;
        }

        private boolean isAtEnd() {
            return position == bytes.length;
        }

        private String text() {
            return new String(take(number()), StandardCharsets.UTF_8);
        }

        private byte[] take(long length) {
            if (length < 0 || length > bytes.length - position) {
                throw refused("ends too early");
            }
            position += (int) length;
            return Arrays.copyOfRange(bytes, position - (int) length, position);
        }

        /// Zigzag, seven bits a byte, the low ones first.
        private long number() {
            long value = 0;
            for (int shift = 0; shift < Long.SIZE; shift += 7) {
                byte next = take(1)[0];
                value |= (next & 0x7FL) << shift;
                if (next >= 0) {
                    return (value >>> 1) ^ -(value & 1);
                }
            }
            throw refused("has a number that is too long");
        }
    }
}
