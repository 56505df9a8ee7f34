package dev.inkstream.stream;

import dev.inkstream.stream.intake.RecordBounds;
import java.util.HashMap;
import java.util.Map;

/// The largest records of a role. What it accepts it can also write, so `written` follows from `read`. Immutable.
///
/// @param read by topic: the longest value that the role accepts; other topics have [RecordBounds#VALUE_BYTES]
/// @param written bytes of the largest record that the role writes, to any topic or changelog, key and headers among
///     them
public record RecordLimits(Map<String, Integer> read, int written) {
    /// What a record has beside its value: key, headers, and Kafka's own few bytes.
    public static final int BESIDE_VALUE = RecordBounds.KEY_BYTES + 2 * RecordBounds.HEADER_BYTES + 1_024;

    /// Of a role that reads and writes nothing larger than an image.
    public static final RecordLimits USUAL = new RecordLimits(Map.of(), RecordBounds.VALUE_BYTES + BESIDE_VALUE);

    public RecordLimits {
        read = Map.copyOf(read);
    }

    /// What its consumers keep of a record.
    public RecordBounds bounds(String applicationId) {
        return new RecordBounds(RecordBounds.VALUE_BYTES, read, applicationId + "-");
    }

    /// The longest value of a topic that is accepted.
    public int accepted(String topic) {
        return read.getOrDefault(topic, RecordBounds.VALUE_BYTES);
    }

    /// The same, with values of a topic that have at most so many bytes.
    public RecordLimits capped(String topic, int bytes) {
        Map<String, Integer> capped = new HashMap<>(read);
        capped.put(topic, Math.min(bytes, accepted(topic)));
        return new RecordLimits(capped, written);
    }
}
