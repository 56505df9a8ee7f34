package dev.inkstream.app.letters;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.inkstream.app.console.Json;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/// A dead letter as JSON. Stateless.
final class LetterJson {
    private LetterJson() {}

    static ObjectNode of(DeadLetter letter, Verdict verdict) {
        return described(letter).put("now", verdict.text());
    }

    /// With key and headers as text, and the value in base64; null where the record has none.
    static ObjectNode inFull(DeadLetter letter) {
        ObjectNode json = described(letter).put("key", text(letter.content().key()));
        json.put("value", letter.content().value());
        ArrayNode headers = json.putArray("headers");
        for (Header header : letter.headers()) {
            headers.addObject().put("name", header.key()).put("value", text(header.value()));
        }
        return json;
    }

    private static @Nullable String text(byte @Nullable [] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    private static ObjectNode described(DeadLetter letter) {
        return Json.object()
                .put("position", letter.position().toString())
                .put("topic", letter.origin().topic())
                .put("partition", letter.origin().partition())
                .put("offset", letter.origin().offset())
                .put("application", letter.rejection().application())
                .put("reason", letter.rejection().reason())
                .put("message", letter.rejection().message())
                .put("at", letter.rejection().at())
                .put("attempts", letter.attempts());
    }
}
