package dev.inkstream.stream;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

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

    /// The same with a setting of this value.
    public TopicSpec with(String setting, String value) {
        Map<String, String> more = new HashMap<>(config);
        more.put(setting, value);
        return new TopicSpec(name, partitions, more);
    }

    /// The same without a setting that a cluster does not know.
    public TopicSpec without(String setting) {
        Map<String, String> less = new HashMap<>(config);
        less.remove(setting);
        return new TopicSpec(name, partitions, less);
    }

    /// The same with a `max.message.bytes` of its own that is not larger than a number.
    public TopicSpec withMaxMessageBytes(int max) {
        Map<String, String> capped = new HashMap<>(config);
        capped.merge(
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                Integer.toString(max),
                (ours, most) -> Integer.toString(Math.min(Integer.parseInt(ours), max)));
        return new TopicSpec(name, partitions, capped);
    }
}
