package dev.inkstream.app.models;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.inkstream.app.console.Json;
import dev.inkstream.app.console.Table;
import dev.inkstream.app.console.Table.Column;
import dev.inkstream.app.console.Text;
import dev.inkstream.record.ModelDecision;
import dev.inkstream.record.ModelDecision.Origin;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// The last decisions about a model. Keeps no more than its limit. Not thread-safe.
final class History {
    private static final int LONGEST_NAME = 40;
    private static final int LONGEST_REASON = 80;

    private final int limit;
    private final Deque<ModelDecision> decisions = new ArrayDeque<>();
    private long left;

    /// @param limit the most decisions to keep, 1 or more
    History(int limit) {
        this.limit = limit;
    }

    /// Takes the next decision.
    void add(ModelDecision decision) {
        if (decisions.size() == limit) {
            decisions.removeFirst();
            left++;
        }
        decisions.addLast(decision);
    }

    /// How many earlier ones were not kept.
    long left() {
        return left;
    }

    boolean isEmpty() {
        return decisions.isEmpty();
    }

    ArrayNode json() {
        ArrayNode json = Json.array();
        decisions.forEach(decision -> json.add(DecisionJson.of(decision)));
        return json;
    }

    /// A line for each decision, the earliest first.
    String table() {
        Table table = new Table(
                Column.number("NUMBER"),
                Column.text("TIME"),
                Column.text("KIND"),
                Column.text("VERSION"),
                Column.text("REPLACED"),
                Column.text("BY"),
                Column.text("WHY"),
                Column.text("EVIDENCE"));
        for (ModelDecision decision : decisions) {
            table.row(
                    String.valueOf(decision.number()),
                    decision.decidedAt().toString(),
                    DecisionText.kind(decision.kind()),
                    DecisionText.subject(decision).orElse(Text.NONE),
                    DecisionText.version(decision.replaced()),
                    Text.cut(decision.origin().decidedBy(), LONGEST_NAME),
                    Text.cut(why(decision.origin()), LONGEST_REASON),
                    Optional.of(EvidenceText.of(decision.evidence()))
                            .filter(evidence -> !evidence.isEmpty())
                            .orElse(Text.NONE));
        }
        return table.text();
    }

    private static String why(Origin origin) {
        String reason = origin.reason().isEmpty() ? Text.NONE : origin.reason();
        return origin.alias()
                .map(alias -> "as " + alias + (origin.reason().isEmpty() ? "" : ": " + reason))
                .orElse(reason);
    }
}
