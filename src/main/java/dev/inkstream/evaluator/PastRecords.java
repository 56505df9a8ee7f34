package dev.inkstream.evaluator;

import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// The committed records of a topic of one partition, read again beside the topology. Thread-safe.
public interface PastRecords {
    /// The record at an offset.
    ///
    /// @return empty if retention has removed it
    Optional<ConsumerRecord<byte[], byte[]>> at(long offset);

    /// Gives all records there are now, in order.
    void all(Consumer<ConsumerRecord<byte[], byte[]>> sink);

    /// What a decider reads again. Immutable.
    ///
    /// @param snapshots `weight-snapshots`, for commands that name a version
    /// @param decisions `model-decisions`, for an evaluator whose state is gone
    /// @param serving `serving-weights`, for versions that retention has removed from `weight-snapshots`
    record OfModel(PastRecords snapshots, PastRecords decisions, PastRecords serving) {}
}
