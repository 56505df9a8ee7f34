package dev.inkstream.app.models;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.inkstream.app.console.Json;
import dev.inkstream.record.ModelDecision;
import dev.inkstream.record.ModelDecision.Kind;
import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What served at a time: as the last decision up to that time left it, in the order of the decisions. Not thread-safe.
final class ServedThen {
    private final String model;
    private final Instant at;
    private @Nullable ModelDecision last;
    private @Nullable ModelDecision cause;

    ServedThen(String model, Instant at) {
        this.model = model;
        this.at = at;
    }

    /// Takes the next decision.
    void add(ModelDecision decision) {
        if (decision.decidedAt().isAfter(at)) {
            return;
        }
        OptionalLong before = last == null ? OptionalLong.empty() : last.after().serving();
        boolean begins = decision.kind() == Kind.PROMOTED || decision.kind() == Kind.RESTORED;
        if (begins || !decision.after().serving().equals(before)) {
            cause = decision;
        }
        last = decision;
    }

    String text() {
        if (last == null || cause == null || last.after().serving().isEmpty()) {
            return "no version of model %s served at %s\n".formatted(model, at);
        }
        return "at " + at + ": " + DecisionText.standing(last.after()) + "\n\n" + DecisionText.of(cause);
    }

    ObjectNode json() {
        ObjectNode json = Json.object().put("model", model).put("at", at.toString());
        if (last != null) {
            DecisionJson.standing(json, last.after());
        }
        if (cause != null && last != null && last.after().serving().isPresent()) {
            json.set("decision", DecisionJson.of(cause));
        }
        return json;
    }
}
