package dev.inkstream.stream.intake;

import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/// Bounds the bytes that one poll returns. A consumer stops at a record that cannot be deserialized, returns those
/// before it, and deserializes it again in the next poll: so a [SerializationException] ends a poll without losing
/// anything. Not thread-safe: it belongs to the thread of its consumer.
final class PollBudget {
    private long left;
    private int records;
    private @Nullable Headers current;

    /// Before each poll.
    void reset(long bytes) {
        left = bytes;
        records = 0;
        current = null;
    }

    /// Takes the bytes of a part of a record. The first record of a poll is always taken, or no poll would ever
    /// return it.
    ///
    /// @param headers of the record, which distinguish it from the one before
    /// @throws SerializationException if the poll has returned enough
    void take(Headers headers, long bytes) {
        if (headers != current) {
            current = headers;
            records++;
        }
        left -= bytes;
        if (left < 0 && records > 1) {
            throw new SerializationException("this poll has returned enough");
        }
    }
}
