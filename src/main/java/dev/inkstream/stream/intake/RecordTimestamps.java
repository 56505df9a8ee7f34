package dev.inkstream.stream.intake;

import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.RejectReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.Configurable;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.jspecify.annotations.Nullable;

/// Which timestamps of records can be used, and what becomes of the others.
///
/// A producer may send a record without a timestamp (-1), and brokers accept it. Kafka Streams would stop, or drop the
/// record silently. The extractor returns 0 instead; the decode step rejects 0 as a dead letter. No clock is involved,
/// so two readings reject the same records.
///
/// A topic may be configured to accept a timestamp that is far ahead of the clock. It shows a producer's fault; the
/// joins do not depend on it. Output records carry the input's timestamp, and the next topic would refuse that. All
/// roles reject such a record except the trainer, which reads no clock, since what it learns is a function of the log.
/// Thread-safe.
public final class RecordTimestamps implements TimestampExtractor, Configurable {
    /// Replaces a missing timestamp. A true 0 would be the first moment of 1970, which no image is of.
    public static final long NONE = 0;

    /// How far ahead of the clock a record may be: as far as brokers allow by default
    /// (`message.timestamp.after.max.ms`).
    static final Duration MAX_AHEAD = Duration.ofHours(1);

    /// Setting that names the [Outstanding] of the application. Kafka Streams hands its settings to an extractor, and
    /// asks it for each record as it comes up for processing. Internal topics have another extractor: what is read of
    /// those counts until the next commit.
    public static final String OUTSTANDING = "inkstream.outstanding";

    private @Nullable Outstanding outstanding;

    /// For Kafka Streams, which makes one by its name.
    public RecordTimestamps() {}

    @Override
    public void configure(Map<String, ?> settings) {
        outstanding = settings.get(OUTSTANDING) instanceof Outstanding given ? given : null;
    }

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        if (outstanding != null) {
            outstanding.processed(record);
        }
        return Math.max(NONE, record.timestamp());
    }

    /// @throws InvalidRecordException if it is none
    public static void check(long timestamp) {
        if (timestamp <= NONE) {
            throw new InvalidRecordException(
                    RejectReason.BAD_TIMESTAMP, "record has no timestamp; it must be after 1970-01-01T00:00:00Z");
        }
    }

    /// @throws InvalidRecordException if it is none, or too far ahead of the clock
    public static void check(long timestamp, long nowMs) {
        check(timestamp);
        if (isAhead(timestamp, nowMs)) {
            throw new InvalidRecordException(
                    RejectReason.BAD_TIMESTAMP,
                    "timestamp is " + Instant.ofEpochMilli(timestamp) + "; it must be at most an hour ahead of "
                            + Instant.ofEpochMilli(nowMs));
        }
    }

    private static boolean isAhead(long timestamp, long nowMs) {
        return timestamp > nowMs + MAX_AHEAD.toMillis();
    }
}
