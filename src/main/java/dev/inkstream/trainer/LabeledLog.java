package dev.inkstream.trainer;

import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Reads a stretch of `labeled-images` again, beside the topology.
@FunctionalInterface
public interface LabeledLog {
    /// Hands over the committed records of partition 0 from offset `from` up to, not including, `to`, in order.
    ///
    /// @throws LostExamplesException if the topic no longer has them all
    void read(long from, long to, Consumer<ConsumerRecord<byte[], byte[]>> reader);
}
