package dev.inkstream.stream.intake;

import dev.inkstream.record.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/// Key, value and headers of a record, within the bounds of a dead letter. Immutable.
///
/// @param facts what is known of what was left out, by the names of a dead letter's headers
record DeadLetterParts(
        byte @Nullable [] key, byte @Nullable [] value, Map<String, String> facts, List<Header> headers) {
    /// The record's own parts if they are short enough, else their beginnings.
    static DeadLetterParts of(Record<byte[], byte[]> record) {
        Map<String, String> facts = new HashMap<>(Cut.facts(record.headers()));
        List<Header> headers = headers(record.headers(), facts);
        byte[] key = record.key();
        if (key != null && key.length > IntakeLimits.KEY_BYTES) {
            facts.putAll(Cut.key(key.length, Sha256.of(key)));
            key = Arrays.copyOf(key, IntakeLimits.PREFIX_BYTES);
        }
        byte[] value = record.value();
        if (value != null
                && value.length
                        > DeadLetterHeaders.MAX_BYTES - IntakeLimits.KEY_BYTES - 2 * IntakeLimits.HEADER_BYTES) {
            facts.putAll(Cut.value(value.length, Sha256.of(value)));
            value = Arrays.copyOf(value, IntakeLimits.PREFIX_BYTES);
        }
        return new DeadLetterParts(key, value, facts, headers);
    }

    /// Without the marks, which are no headers that can be sent, and without facts that somebody else states.
    private static List<Header> headers(Headers original, Map<String, String> facts) {
        List<Header> headers = new ArrayList<>();
        long bytes = 0;
        int number = 0;
        long dropped = 0;
        for (Header header : original) {
            if (header instanceof Cut || Cut.FACTS.contains(header.key())) {
                continue;
            }
            bytes += header.key().getBytes(StandardCharsets.UTF_8).length
                    + (header.value() == null ? 0 : header.value().length);
            if (number++ < IntakeLimits.HEADERS && bytes <= IntakeLimits.HEADER_BYTES) {
                headers.add(header);
            } else {
                dropped++;
            }
        }
        if (dropped > 0) {
            facts.putAll(Cut.dropped(dropped));
        }
        return headers;
    }
}
