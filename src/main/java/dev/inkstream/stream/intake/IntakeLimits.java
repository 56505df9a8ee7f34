package dev.inkstream.stream.intake;

import java.util.Map;

/// How much of a record is kept in memory. What is longer is cut and marked with a [Cut]. Immutable.
///
/// @param valueBytes the longest value that is kept whole
/// @param others by topic: the same, where it is another
/// @param internalPrefix of the topics that only the role itself writes, such as changelogs: nothing of them is cut
public record IntakeLimits(int valueBytes, Map<String, Integer> others, String internalPrefix) {
    /// The longest value kept whole: an image of 1,024 x 1,024 pixels, or any record that a topic takes unless its
    /// `max.message.bytes` was raised.
    public static final int VALUE_BYTES = (1 << 20) + (64 << 10);

    /// The longest id that can be used. Ids are kept in memory, so a few that fill a message would fill it.
    public static final int ID_BYTES = 1_024;

    /// The longest key kept whole, so that its dead letter has all of it.
    public static final int KEY_BYTES = 16 << 10;

    /// The most bytes of all headers together, names and values.
    public static final int HEADER_BYTES = 64 << 10;

    /// The most headers.
    public static final int HEADERS = 100;

    /// What is kept of a value or a key that is too long: enough to recognize it by.
    public static final int PREFIX_BYTES = 16 << 10;

    public IntakeLimits {
        others = Map.copyOf(others);
    }

    /// The usual limits for every topic.
    public static IntakeLimits usual() {
        return of(VALUE_BYTES);
    }

    /// The same limit of a value for every topic.
    public static IntakeLimits of(int valueBytes) {
        return new IntakeLimits(valueBytes, Map.of(), "");
    }

    int maxValueBytes(String topic) {
        if (isInternal(topic)) {
            return Integer.MAX_VALUE;
        }
        return others.getOrDefault(topic, valueBytes);
    }

    int maxKeyBytes(String topic) {
        return isInternal(topic) ? Integer.MAX_VALUE : KEY_BYTES;
    }

    private boolean isInternal(String topic) {
        return !internalPrefix.isEmpty() && topic.startsWith(internalPrefix);
    }
}
