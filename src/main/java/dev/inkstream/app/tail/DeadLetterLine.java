package dev.inkstream.app.tail;

import dev.inkstream.app.console.Json;
import dev.inkstream.app.console.Text;
import dev.inkstream.stream.intake.DeadLetterHeaders;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/// A dead letter on one line: what its headers say of it. Anybody may have written them, so each is cut.
final class DeadLetterLine {
    /// Of one header: more than any name or sentence of Inkstream's own has.
    private static final int MAX_CHARS = 500;

    private DeadLetterLine() {}

    /// For a person.
    static String text(Headers headers) {
        return "%s  %s-%s@%s  %s  %s  %s"
                .formatted(
                        shown(headers, DeadLetterHeaders.REASON),
                        shown(headers, DeadLetterHeaders.TOPIC),
                        shown(headers, DeadLetterHeaders.PARTITION),
                        shown(headers, DeadLetterHeaders.OFFSET),
                        shown(headers, DeadLetterHeaders.APPLICATION),
                        shown(headers, DeadLetterHeaders.AT),
                        shown(headers, DeadLetterHeaders.MESSAGE));
    }

    /// All by the names of their headers; null for what is not there.
    static String json(Headers headers) {
        return Json.line(Json.object()
                .put("reason", value(headers, DeadLetterHeaders.REASON))
                .put("topic", value(headers, DeadLetterHeaders.TOPIC))
                .put("partition", number(headers, DeadLetterHeaders.PARTITION))
                .put("offset", number(headers, DeadLetterHeaders.OFFSET))
                .put("application", value(headers, DeadLetterHeaders.APPLICATION))
                .put("at", value(headers, DeadLetterHeaders.AT))
                .put("message", value(headers, DeadLetterHeaders.MESSAGE)));
    }

    private static String shown(Headers headers, String name) {
        String value = value(headers, name);
        return value == null ? Text.NONE : Text.printable(value);
    }

    private static @Nullable Long number(Headers headers, String name) {
        String value = value(headers, name);
        return value != null && value.matches("[0-9]{1,18}") ? Long.valueOf(value) : null;
    }

    private static @Nullable String value(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        if (header == null || header.value() == null) {
            return null;
        }
        String value = new String(header.value(), StandardCharsets.UTF_8);
        return value.length() <= MAX_CHARS ? value : value.substring(0, MAX_CHARS) + "...";
    }
}
