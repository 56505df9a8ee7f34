package dev.inkstream.stream;

import java.util.Map;

/// A topic as it should be created. Immutable.
///
/// @param partitions 1 or more
/// @param config the topic's own settings, by Kafka's names
public record TopicSpec(String name, int partitions, Map<String, String> config) {
    public TopicSpec {
        if (partitions < 1) {
            throw new IllegalArgumentException(
                    "partitions of " + name + " is " + partitions + "; it must be 1 or more");
        }
        config = Map.copyOf(config);
    }
}
