package dev.inkstream.app.verify;

import dev.inkstream.record.Prediction;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// A part of `predictions`. Immutable.
///
/// @param from the first
/// @param to the first after it
/// @param model null for those of all models
record PredictionWindow(Bound from, Bound to, @Nullable String model) {

    /// One end of a window.
    sealed interface Bound {
        /// As far as the topic goes.
        Bound OPEN = new Open();
    }

    private record Open() implements Bound {}

    /// The same in each partition.
    ///
    /// @param offset 0 or more
    record Offset(long offset) implements Bound {}

    /// The first record with this timestamp or a later one.
    record Time(Instant time) implements Bound {}

    /// Offsets of one partition.
    ///
    /// @param end the first that is not part of it
    record Range(long first, long end) {}

    /// The same for one model.
    PredictionWindow of(String only) {
        return new PredictionWindow(from, to, only);
    }

    boolean has(Prediction prediction) {
        return model == null || model.equals(prediction.model().model());
    }

    /// The offsets that the window has now; partitions without any are left out.
    Map<TopicPartition, Range> ranges(KafkaConsumer<?, ?> consumer, List<TopicPartition> partitions) {
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Map<TopicPartition, Long> first = offsets(from, consumer, begins, ends);
        Map<TopicPartition, Long> end = offsets(to, consumer, ends, ends);
        Map<TopicPartition, Range> ranges = new HashMap<>();
        for (TopicPartition partition : partitions) {
            Range range = new Range(
                    Math.max(at(first, partition), at(begins, partition)),
                    Math.min(at(end, partition), at(ends, partition)));
            if (range.first() < range.end()) {
                ranges.put(partition, range);
            }
        }
        return ranges;
    }

    /// @param open what an open bound is
    /// @param ends what a time after all records is
    private static Map<TopicPartition, Long> offsets(
            Bound bound, KafkaConsumer<?, ?> consumer, Map<TopicPartition, Long> open, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> offsets = new HashMap<>(open);
        switch (bound) {
            case Open _ -> {}
            case Offset offset -> offsets.replaceAll((partition, any) -> offset.offset());
            case Time time -> {
                offsets.replaceAll((partition, any) -> time.time().toEpochMilli());
                Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(offsets);
                offsets.replaceAll((partition, any) -> found.get(partition) == null
                        ? at(ends, partition)
                        : found.get(partition).offset());
            }
        }
        return offsets;
    }

    private static long at(Map<TopicPartition, Long> offsets, TopicPartition partition) {
        return Objects.requireNonNull(offsets.get(partition));
    }
}
