package dev.inkstream.app.models;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.inkstream.app.console.Json;
import dev.inkstream.record.HoldoutEvidence;
import dev.inkstream.record.LiveEvidence;
import dev.inkstream.record.ModelDecision;
import dev.inkstream.record.ModelDecision.Standing;
import dev.inkstream.record.ModelDecision.Subject;

/// Decisions as JSON, by the names of the schema's fields. A field without a value is left out.
final class DecisionJson {
    private DecisionJson() {}

    static ObjectNode of(ModelDecision decision) {
        ObjectNode json = Json.object()
                .put("model", decision.model())
                .put("number", decision.number())
                .put("kind", decision.kind().name());
        decision.subject().ifPresent(subject -> version(json, subject));
        decision.replaced().ifPresent(version -> json.put("replaced", version));
        json.put("decidedBy", decision.origin().decidedBy());
        decision.origin().commandId().ifPresent(id -> json.put("commandId", id));
        json.put("reason", decision.origin().reason());
        decision.origin().alias().ifPresent(alias -> json.put("alias", alias));
        standing(json, decision.after());
        decision.evidence().holdout().ifPresent(holdout -> json.set("holdout", holdout(holdout)));
        decision.evidence().live().ifPresent(live -> json.set("live", live(live)));
        return json.put("decidedAt", decision.decidedAt().toString());
    }

    /// Adds what serves, the shadow and the mode.
    static void standing(ObjectNode json, Standing standing) {
        standing.serving().ifPresent(version -> json.put("serving", version));
        standing.shadow().ifPresent(version -> json.put("shadow", version));
        json.put("mode", standing.mode().name());
    }

    private static void version(ObjectNode json, Subject subject) {
        json.put("version", subject.id().version())
                .put("weightsSha256", subject.id().weights().toString());
        subject.snapshotOffset().ifPresent(offset -> json.put("snapshotOffset", offset));
    }

    private static ObjectNode holdout(HoldoutEvidence holdout) {
        ObjectNode json = Json.object()
                .put("examples", holdout.examples())
                .put("correct", holdout.correct())
                .put("guessing", holdout.guessing());
        holdout.serving().ifPresent(paired -> json.set("serving", paired(paired)));
        holdout.best().ifPresent(paired -> json.set("best", paired(paired)));
        return json;
    }

    private static ObjectNode paired(HoldoutEvidence.Paired paired) {
        return Json.object()
                .put("version", paired.version())
                .put("correct", paired.correct())
                .put("wins", paired.wins())
                .put("losses", paired.losses())
                .put("worse", paired.worse());
    }

    private static ObjectNode live(LiveEvidence live) {
        return Json.object()
                .put("shadow", live.shadow())
                .put("serving", live.serving())
                .put("labels", live.labels())
                .put("wins", live.wins())
                .put("losses", live.losses())
                .put("better", live.better())
                .put("worse", live.worse());
    }
}
