package dev.inkstream.stream.intake;

import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.RejectReason;
import dev.inkstream.record.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/// Marks a record that is not as it came: too large, so that only a part of it was kept, or not readable at all.
///
/// It travels as a header of the record, and no producer can send one: a consumer makes headers of Kafka's own class.
/// Immutable.
///
/// @param reason why the record cannot be used
/// @param message one sentence without a period
/// @param facts what is known of the original, by the names of a dead letter's headers
public record Cut(RejectReason reason, String message, Map<String, String> facts) implements Header {
    /// Header of a dead letter: bytes of the original value, if its value was cut.
    public static final String VALUE_SIZE = "inkstream.value.size";

    /// Header of a dead letter: SHA-256 of the original value, if its value was cut.
    public static final String VALUE_SHA256 = "inkstream.value.sha256";

    /// Header of a dead letter: bytes of the original key, if its key was cut.
    public static final String KEY_SIZE = "inkstream.key.size";

    /// Header of a dead letter: SHA-256 of the original key, if its key was cut.
    public static final String KEY_SHA256 = "inkstream.key.sha256";

    /// Header of a dead letter: how many of the original headers were left out, if any were.
    public static final String HEADERS_DROPPED = "inkstream.headers.dropped";

    /// The names of all facts.
    public static final List<String> FACTS = List.of(VALUE_SIZE, VALUE_SHA256, KEY_SIZE, KEY_SHA256, HEADERS_DROPPED);

    public Cut {
        facts = Map.copyOf(facts);
    }

    /// A value that was cut.
    static Cut ofValue(long size, Sha256 digest, int max) {
        return new Cut(RejectReason.TOO_LARGE, tooLong("value has", size, max), value(size, digest));
    }

    /// A key that was cut.
    static Cut ofKey(long size, Sha256 digest) {
        return new Cut(RejectReason.LONG_KEY, tooLong("key has", size, IntakeLimits.ID_BYTES), key(size, digest));
    }

    /// Headers that were left out.
    ///
    /// @param count of all headers
    /// @param size of all headers, in bytes
    /// @param dropped how many were left out
    static Cut ofHeaders(long count, long size, long dropped) {
        return new Cut(
                RejectReason.TOO_LARGE,
                "record has %d headers of %d bytes; it must have at most %d headers of %d bytes"
                        .formatted(count, size, IntakeLimits.HEADERS, IntakeLimits.HEADER_BYTES),
                dropped(dropped));
    }

    /// A record of which nothing can be read but its offset.
    static Cut unreadable(String why) {
        return new Cut(RejectReason.UNDECODABLE, "record cannot be read: " + why, Map.of());
    }

    /// What a dead letter says of a value that was cut.
    public static Map<String, String> value(long size, Sha256 digest) {
        return Map.of(VALUE_SIZE, Long.toString(size), VALUE_SHA256, digest.toString());
    }

    /// What a dead letter says of a key that was cut.
    public static Map<String, String> key(long size, Sha256 digest) {
        return Map.of(KEY_SIZE, Long.toString(size), KEY_SHA256, digest.toString());
    }

    /// What a dead letter says of headers that were left out.
    public static Map<String, String> dropped(long count) {
        return Map.of(HEADERS_DROPPED, Long.toString(count));
    }

    private static String tooLong(String what, long size, int max) {
        return "%s %d bytes; it must have at most %d".formatted(what, size, max);
    }

    /// @throws InvalidRecordException if the record is not as it came
    public static void check(Headers headers) {
        if (headers.toArray().length == 0) {
            return; // as most records; an iterator would be two objects for each
        }
        for (Header header : headers) {
            if (header instanceof Cut cut) {
                throw new InvalidRecordException(cut.reason(), cut.message());
            }
        }
    }

    /// All that is known of the original; empty if the record is as it came.
    public static Map<String, String> facts(Headers headers) {
        Map<String, String> facts = new LinkedHashMap<>();
        StreamSupport.stream(headers.spliterator(), false)
                .filter(Cut.class::isInstance)
                .map(Cut.class::cast)
                .forEach(cut -> facts.putAll(new HashMap<>(cut.facts())));
        return facts;
    }

    @Override
    public String key() {
        return "inkstream.cut";
    }

    @Override
    public byte[] value() {
        return message.getBytes(StandardCharsets.UTF_8);
    }
}
