package dev.inkstream.stream.intake;

import dev.inkstream.record.InvalidRecordException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/// A record that could not be used: key, value and headers as they came, and in headers before those why, where from
/// and when. All header values are UTF-8 text.
///
/// Its timestamp is the time at which it was set aside: with that of an old record, retention would delete it at once.
///
/// It has at most [#MAX_BYTES] bytes. Of what is longer it has the beginning; headers that
/// [dev.inkstream.stream.intake.Cut] names have the size and the SHA-256 of the whole, which is still where it was read
/// from.
public final class DeadLetterHeaders {
    /// The most bytes of key, value and headers: what a topic takes unless its `max.message.bytes` was lowered.
    public static final int MAX_BYTES = 1_000_000;

    /// What `dead-letters` must take: `max.message.bytes`, unless it was lowered.
    public static final int MIN_MESSAGE_BYTES = 1_048_588;

    private static final int MAX_MESSAGE_CHARS = 2_000;

    /// A name of [dev.inkstream.record.RejectReason].
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

    /// The timestamp of the record, in milliseconds since 1970; -1 if it had none.
    public static final String TIMESTAMP = "inkstream.timestamp";

    private static final Set<String> OWN =
            Set.of(REASON, MESSAGE, TOPIC, PARTITION, OFFSET, APPLICATION, AT, TIMESTAMP);

    private DeadLetterHeaders() {}

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
        DeadLetterParts parts = DeadLetterParts.of(record);
        Headers headers = new RecordHeaders();
        put(headers, REASON, why.reason().name());
        put(headers, MESSAGE, cut(why.getMessage() + SchemaIdHeaders.hint(record.headers(), why.reason())));
        put(headers, TOPIC, where.topic());
        put(headers, PARTITION, Integer.toString(where.partition()));
        put(headers, OFFSET, Long.toString(where.offset()));
        put(headers, APPLICATION, context.applicationId());
        long now = context.currentSystemTimeMs();
        put(headers, AT, Instant.ofEpochMilli(now).toString());
        put(headers, TIMESTAMP, Long.toString(record.timestamp()));
        parts.facts().forEach((name, fact) -> put(headers, name, fact));
        // Behind its own, of which a reader that bounds headers would lose the last.
        parts.headers().stream().filter(header -> !OWN.contains(header.key())).forEach(headers::add);
        return new Record<>(parts.key(), parts.value(), now, headers);
    }

    /// Whether a header of this name was added to the record, and did not come with it.
    public static boolean isOwn(String name) {
        return OWN.contains(name);
    }

    /// A sentence may repeat what a record says, which may be long.
    private static String cut(String message) {
        return message.length() <= MAX_MESSAGE_CHARS ? message : message.substring(0, MAX_MESSAGE_CHARS) + "...";
    }

    private static void put(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
