package dev.inkstream.evaluator;

import dev.inkstream.stream.intake.RecordTimestamps;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/// Sorts weight snapshots and commands behind holdout images, whatever the clocks of their producers say.
///
/// A task with two sources takes the record with the lower timestamp first. A holdout image stamped an hour ahead would
/// wait for that hour behind every snapshot, and a snapshot stamped ahead would wait while holdout images come. So the
/// snapshots' timestamps are raised by more than any clock shows: the task then takes a snapshot when it has kept all
/// holdout images that there are. [Restore] lowers them again, before anything else sees them. Thread-safe.
public final class BehindHoldout implements TimestampExtractor {
    private static final long RAISE = 1L << 62;

    /// For Kafka Streams, which makes one for the source.
    public BehindHoldout() {}

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        return RAISE + Math.clamp(record.timestamp(), RecordTimestamps.NONE, RAISE - 1);
    }

    /// Gives each record the timestamp that it came with.
    static final class Restore implements Processor<byte[], byte[], byte[], byte[]> {
        private ProcessorContext<byte[], byte[]> context;

        @Override
        public void init(ProcessorContext<byte[], byte[]> context) {
            this.context = context;
        }

        @Override
        public void process(Record<byte[], byte[]> record) {
            context.forward(record.withTimestamp(record.timestamp() - RAISE));
        }
    }
}
