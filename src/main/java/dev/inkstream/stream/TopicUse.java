package dev.inkstream.stream;

import java.util.List;
import java.util.stream.Stream;

/// The topics of a role, which must exist before it starts. Immutable.
///
/// @param reads those that it reads
/// @param writes those that it writes
/// @param bounding those whose `max.message.bytes` bounds the records that it accepts
public record TopicUse(List<Topic<?, ?>> reads, List<Topic<?, ?>> writes, List<Topic<?, ?>> bounding) {
    public TopicUse {
        reads = List.copyOf(reads);
        writes = List.copyOf(writes);
        bounding = List.copyOf(bounding);
    }

    /// A role that accepts what it can write.
    public TopicUse(List<Topic<?, ?>> reads, List<Topic<?, ?>> writes) {
        this(reads, writes, writes);
    }

    /// What it reads, and what it writes.
    public List<Topic<?, ?>> all() {
        return Stream.concat(reads.stream(), writes.stream()).toList();
    }
}
