package dev.inkstream.stream;

import dev.inkstream.record.Defect;
import dev.inkstream.record.InvalidRecordException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/// Which timestamps of records can be used, and what becomes of the others.
///
/// A producer may send a record without a timestamp, which is -1, and brokers take it. Kafka Streams would stop at it,
/// or pass it over unseen; so as an extractor this gives 0 in its place, and the decode step refuses 0: one dead
/// letter, and on to the next record. No clock is asked, so what reads a log twice refuses the same records twice.
/// Thread-safe.
public final class RecordTimestamps implements TimestampExtractor {
    /// What stands for every timestamp that is none. A true 0 would be midnight of 1 January 1970, which no image is of.
    static final long NONE = 0;

    /// For Kafka Streams, which makes one by its name.
    public RecordTimestamps() {}

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        return Math.max(NONE, record.timestamp());
    }

    /// @throws InvalidRecordException if it is none
    static void check(long timestamp) {
        if (timestamp <= NONE) {
            throw new InvalidRecordException(
                    Defect.BAD_TIMESTAMP, "record has no timestamp; it must be after 1970-01-01T00:00:00Z");
        }
    }

    /// The timestamp for a copy that a broker has to take.
    static long usable(long timestamp, long nowMs) {
        return timestamp <= NONE ? nowMs : timestamp;
    }
}
