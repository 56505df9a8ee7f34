package dev.inkstream.app.letters;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.inkstream.app.console.Json;

/// A dead letter as JSON. Stateless.
final class LetterJson {
    private LetterJson() {}

    static ObjectNode of(DeadLetter letter, Verdict verdict) {
        return Json.object()
                .put("position", letter.position().toString())
                .put("topic", letter.origin().topic())
                .put("partition", letter.origin().partition())
                .put("offset", letter.origin().offset())
                .put("application", letter.rejection().application())
                .put("reason", letter.rejection().reason())
                .put("message", letter.rejection().message())
                .put("at", letter.rejection().at())
                .put("attempts", letter.attempts())
                .put("now", verdict.text());
    }
}
