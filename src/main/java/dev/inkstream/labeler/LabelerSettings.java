package dev.inkstream.labeler;

import dev.inkstream.stream.LargestRecords;
import dev.inkstream.stream.TopicUse;
import dev.inkstream.stream.Topics;
import dev.inkstream.stream.intake.DeadLetterHeaders;
import dev.inkstream.stream.runtime.TopicLimits;
import java.time.Duration;
import java.util.List;

/// How images and labels are joined.
///
/// @param window how far apart an image and its label may be, 1 ms to [#MAX_WINDOW]
/// @param maxBytes of all that is held, over all instances; [#MIN_BYTES_PER_PARTITION] or more for each partition
/// @param partitions of the internal topic: the most threads that can share the work, 1 or more. It cannot be
///     changed once the labeler has run: its state would be somewhere else.
public record LabelerSettings(Topics topics, Duration window, long maxBytes, int partitions) {
    /// The longest window.
    public static final Duration MAX_WINDOW = Duration.ofDays(366);

    /// Room for one of the largest images that a topic accepts by default (1 MiB), and for labels.
    public static final long MIN_BYTES_PER_PARTITION = 2_000_000;

    /// Key, label, and what the internal topics note of an image.
    private static final int IMAGE_BESIDE_VALUE = 2_048;

    public LabelerSettings {
        if (window.toMillis() < 1 || window.compareTo(MAX_WINDOW) > 0) {
            throw new IllegalArgumentException("label window is " + window + "; it must be PT0.001S to " + MAX_WINDOW);
        }
        if (partitions < 1) {
            throw new IllegalArgumentException("partitions is " + partitions + "; it must be 1 or more");
        }
        if (maxBytes < partitions * MIN_BYTES_PER_PARTITION) {
            throw new IllegalArgumentException("label memory is " + maxBytes / 1_000_000 + " MB; it must be "
                    + partitions * MIN_BYTES_PER_PARTITION / 1_000_000 + " MB or more for " + partitions
                    + " partitions, 2 MB each");
        }
    }

    /// Its topics.
    public TopicUse topicUse() {
        return new TopicUse(
                List.of(topics.images(), topics.labels()), List.of(topics.labeledImages(), topics.deadLetters()));
    }

    /// A labeler reads images and labels, and writes them to its internal topics and as labeled images.
    /// It accepts no more than they take.
    ///
    /// @throws dev.inkstream.stream.runtime.TopicsNotReadyException if a topic does not take a dead letter
    public LargestRecords limits(TopicLimits topicLimits) {
        int room = topicLimits.room(topics.labeledImages().name());
        topicLimits.require(topics.deadLetters().name(), DeadLetterHeaders.MIN_MESSAGE_BYTES);
        return LargestRecords.USUAL
                .capped(topics.images().name(), room - IMAGE_BESIDE_VALUE)
                // A label that waits has with it what its dead letter needs.
                .capped(topics.labels().name(), room - LargestRecords.BESIDE_VALUE);
    }

    /// One labeler, whatever the models.
    public String applicationId() {
        return topics.prefix() + "labeler";
    }

    long maxBytesPerTask() {
        return maxBytes / partitions;
    }
}
