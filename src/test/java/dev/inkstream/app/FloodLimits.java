package dev.inkstream.app;

import dev.inkstream.stream.TopicSpec;
import dev.inkstream.stream.Topics;

/// Makes the topics of a flood take any key, size and time.
record FloodLimits(Topics topics, int maxMessageBytes) {
    TopicSpec raise(TopicSpec spec) {
        if (spec.name().equals(topics.deadLetters().name())) {
            return spec;
        }
        // A compacted topic takes no record without a key.
        return spec.with("cleanup.policy", "delete")
                .with("retention.ms", "-1")
                .with("max.decompressed.message.bytes", Integer.toString(Integer.MAX_VALUE - 8))
                .with("max.message.bytes", Integer.toString(maxMessageBytes))
                .with("message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE));
    }
}
