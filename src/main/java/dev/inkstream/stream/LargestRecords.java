package dev.inkstream.stream;

import dev.inkstream.stream.intake.IntakeLimits;
import java.util.HashMap;
import java.util.Map;

/// The largest records of a role. What it accepts it can also write, so `written` follows from `read`. Immutable.
///
/// @param read by topic: the longest value that the role accepts; other topics have [IntakeLimits#VALUE_BYTES]
/// @param written bytes of the largest record that the role writes, to any topic or changelog, key and headers among
///     them
public record LargestRecords(Map<String, Integer> read, int written) {
    /// What a record has beside its value: key, headers, and Kafka's own few bytes.
    public static final int BESIDE_VALUE = IntakeLimits.KEY_BYTES + 2 * IntakeLimits.HEADER_BYTES + 1_024;

    /// Of a role that reads and writes nothing larger than an image.
    public static final LargestRecords USUAL = new LargestRecords(Map.of(), IntakeLimits.VALUE_BYTES + BESIDE_VALUE);

    public LargestRecords {
        read = Map.copyOf(read);
    }

    /// What its consumers keep of a record.
    public IntakeLimits intake(String applicationId) {
        return new IntakeLimits(IntakeLimits.VALUE_BYTES, read, applicationId + "-");
    }

    /// The longest value of a topic that is accepted.
    public int accepted(String topic) {
        return read.getOrDefault(topic, IntakeLimits.VALUE_BYTES);
    }

    /// The same, with values of a topic that have at most so many bytes.
    public LargestRecords capped(String topic, int bytes) {
        Map<String, Integer> capped = new HashMap<>(read);
        capped.put(topic, Math.min(bytes, accepted(topic)));
        return new LargestRecords(capped, written);
    }
}
