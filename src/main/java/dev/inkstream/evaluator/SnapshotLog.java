package dev.inkstream.evaluator;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Reads one record of `weight-snapshots` again, beside the topology.
@FunctionalInterface
public interface SnapshotLog {
    /// @return empty if retention has removed it
    Optional<ConsumerRecord<byte[], byte[]>> read(long offset);
}
