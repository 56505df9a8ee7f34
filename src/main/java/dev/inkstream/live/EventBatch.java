package dev.inkstream.live;

import dev.inkstream.record.StateFormat;
import dev.inkstream.record.StateWriter;
import java.util.ArrayList;
import java.util.List;

/// Events for one partition of the join. One record of the internal topic holds many of them, since a record costs
/// Kafka Streams more than what the join does with an event. The same bytes are kept in a store until they are sent.
/// Not thread-safe.
final class EventBatch {
    /// A batch of so many bytes is sent: it is copied with each event.
    static final int FULL_BYTES = 1_024;

    private static final int VERSION = 2;
    private static final StateFormat FORMAT = new StateFormat("input of the live join", VERSION, VERSION);

    private final StateWriter items = StateWriter.ofItems();
    private byte[] key = {};

    /// Each item is an array block of its own, so that one can be appended to those before it.
    void add(OutcomeEvent event) {
        key = event.id();
        items.array(1);
        event.write(items);
    }

    boolean isFull() {
        return items.length() >= FULL_BYTES;
    }

    boolean isEmpty() {
        return items.length() == 0;
    }

    void clear() {
        items.clear();
    }

    /// The id of its last event.
    byte[] key() {
        return key;
    }

    byte[] toBytes() {
        return FORMAT.writer(items.length()).items(items).end().toBytes();
    }

    /// @throws dev.inkstream.record.StateFormatException if the bytes are none of [#toBytes()]
    static List<OutcomeEvent> fromBytes(byte[] bytes) {
        return FORMAT.read(bytes, in -> {
            List<OutcomeEvent> events = new ArrayList<>();
            for (int block = in.array(); block > 0; block = in.array()) {
                for (int i = 0; i < block; i++) {
                    events.add(OutcomeEvent.read(in));
                }
            }
            return events;
        });
    }
}
