package dev.inkstream.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class KnownSchemasTest {
    private static final Schema SCHEMA = Schema.create(Schema.Type.INT);

    @Test
    void theLeastRecentlyUsedGoesFirst() {
        KnownSchemas known = new KnownSchemas(3, 1_000);
        IntStream.range(0, 3).forEach(id -> known.put(id, SCHEMA, 1));
        assertThat(known.get(0)).contains(SCHEMA);
        known.put(3, SCHEMA, 1);
        assertThat(ids(known, 5)).containsExactly(0, 2, 3);
    }

    @Test
    void longTextsTakeTheRoomOfMany() {
        KnownSchemas known = new KnownSchemas(100, 1_000);
        IntStream.range(0, 10).forEach(id -> known.put(id, SCHEMA, 100));
        assertThat(ids(known, 20)).hasSize(10);
        known.put(10, SCHEMA, 350);
        assertThat(ids(known, 20)).containsExactly(4, 5, 6, 7, 8, 9, 10);
    }

    /// One that is too long for all of the room is kept alone: it was read, and its records come.
    @Test
    void theLastOneStays() {
        KnownSchemas known = new KnownSchemas(100, 1_000);
        known.put(1, SCHEMA, 10);
        known.put(2, SCHEMA, 5_000);
        assertThat(ids(known, 5)).containsExactly(2);
        known.put(2, SCHEMA, 10);
        known.put(3, SCHEMA, 990);
        assertThat(ids(known, 5)).as("a text that changed is counted once").containsExactly(2, 3);
    }

    private static List<Integer> ids(KnownSchemas known, int upTo) {
        return IntStream.range(0, upTo)
                .filter(id -> known.get(id).isPresent())
                .boxed()
                .toList();
    }
}
