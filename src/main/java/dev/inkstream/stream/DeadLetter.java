package dev.inkstream.stream;

import dev.inkstream.record.InvalidRecordException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/// A record that could not be used: key, value, headers and timestamp as they came, and in further headers why,
/// where from and when. All header values are UTF-8 text. Where it has no timestamp that a broker must take, it has
/// the time at which it was set aside.
public final class DeadLetter {
    /// A name of [dev.inkstream.record.Defect].
    public static final String REASON = "inkstream.reason";

    /// What is wrong, one sentence.
    public static final String MESSAGE = "inkstream.message";

    /// The topic it was read from.
    public static final String TOPIC = "inkstream.topic";

    /// The partition it was read from.
    public static final String PARTITION = "inkstream.partition";

    /// Its offset there.
    public static final String OFFSET = "inkstream.offset";

    /// The application that could not use it.
    public static final String APPLICATION = "inkstream.application";

    /// When it was set aside, ISO 8601, UTC.
    public static final String AT = "inkstream.at";

    private DeadLetter() {}

    /// @param record the record being processed in `context`
    static Record<byte[], byte[]> of(
            Record<byte[], byte[]> record, InvalidRecordException why, ProcessingContext context) {
        return of(record, why, context.recordMetadata().orElseThrow(), context);
    }

    /// @param where the record was read from, which may be long ago
    static Record<byte[], byte[]> of(
            Record<byte[], byte[]> record,
            InvalidRecordException why,
            RecordMetadata where,
            ProcessingContext context) {
        Headers headers = new RecordHeaders(record.headers());
        put(headers, REASON, why.defect().name());
        put(headers, MESSAGE, String.valueOf(why.getMessage()));
        put(headers, TOPIC, where.topic());
        put(headers, PARTITION, Integer.toString(where.partition()));
        put(headers, OFFSET, Long.toString(where.offset()));
        put(headers, APPLICATION, context.applicationId());
        long now = context.currentSystemTimeMs();
        put(headers, AT, Instant.ofEpochMilli(now).toString());
        return record.withHeaders(headers).withTimestamp(RecordTimestamps.usable(record.timestamp(), now));
    }

    private static void put(Headers headers, String name, String value) {
        headers.remove(name).add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
