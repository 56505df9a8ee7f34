package dev.inkstream.app.models;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.inkstream.app.console.Json;
import dev.inkstream.record.ConfusionMatrix;
import dev.inkstream.record.Provenance;
import dev.inkstream.record.TrainingProgress;

/// Models and versions as JSON. What is not known is left out.
final class ModelJson {
    private ModelJson() {}

    /// A model in short.
    static ObjectNode summary(Model model) {
        ObjectNode json = Json.object()
                .put("model", model.name())
                .put("versions", model.versions().size());
        model.serving().ifPresent(serving -> json.set("serving", version(model, serving)));
        model.shadow().ifPresent(shadow -> json.set("shadow", version(model, shadow)));
        return ledger(json, model.ledger());
    }

    /// A model with all its versions.
    static ObjectNode full(Model model) {
        ObjectNode json = Json.object().put("model", model.name());
        model.serving().ifPresent(serving -> json.put("serving", serving.id().version()));
        model.shadow().ifPresent(shadow -> json.put("shadow", shadow.id().version()));
        ArrayNode versions = json.putArray("versions");
        model.versions().forEach(version -> versions.add(version(model, version)));
        return ledger(json, model.ledger());
    }

    private static ObjectNode ledger(ObjectNode json, ModelLedger ledger) {
        ObjectNode aliases = json.putObject("aliases");
        ledger.aliases().forEach(aliases::put);
        ledger.last().ifPresent(last -> {
            json.put("mode", last.after().mode().name());
            json.set("lastDecision", DecisionJson.of(last));
        });
        return json;
    }

    /// All that is kept of one version.
    static ObjectNode version(Model model, PublishedVersion version) {
        ObjectNode json = Json.object()
                .put("model", version.id().model())
                .put("version", version.id().version())
                .put("weightsSha256", version.id().weights().toString())
                .put("serving", model.isServing(version))
                .put("shadow", model.isShadow(version));
        ArrayNode aliases = json.putArray("aliases");
        model.ledger().aliases(version.id().version()).forEach(aliases::add);
        version.publishedAt().ifPresent(published -> json.put("publishedAt", published.toString()));
        version.examples().ifPresent(examples -> json.put("examples", examples));
        if (version.trained() != null) {
            trained(json, version.trained());
        }
        if (version.score() != null) {
            json.set("holdout", holdout(version.score()));
        }
        model.live(version).ifPresent(live -> json.set("live", live(live)));
        model.ledger().last(version.id()).ifPresent(last -> json.set("lastDecision", DecisionJson.of(last)));
        return json;
    }

    private static void trained(ObjectNode json, PublishedVersion.Trained trained) {
        TrainingProgress progress = trained.progress();
        json.put("miniBatches", progress.miniBatches()).put("lastOffset", progress.lastOffset());
        json.set(
                "recent",
                Json.object()
                        .put("examples", progress.recent().examples())
                        .put("correct", progress.recent().correct())
                        .put("meanLoss", progress.recent().meanLoss()));
        ArrayNode sizes = json.putArray("layerSizes");
        trained.layers().sizes().forEach(sizes::add);
        json.put("hiddenActivation", trained.layers().hidden())
                .put("outputActivation", trained.layers().output())
                .put("summation", trained.layers().summation())
                .put("training", trained.training());
        provenance(json, trained.provenance());
    }

    private static void provenance(ObjectNode json, Provenance provenance) {
        provenance.firstOffset().ifPresent(offset -> json.put("firstOffset", offset));
        provenance.parent().ifPresent(parent -> json.put("parentSha256", parent.toString()));
        provenance.source().ifPresent(source -> json.put("source", source));
        provenance
                .publisher()
                .ifPresent(who -> json.set(
                        "publisher",
                        Json.object()
                                .put("role", who.role())
                                .put("instance", who.instance())
                                .put("program", who.program())));
    }

    private static ObjectNode holdout(Score score) {
        ObjectNode json = Json.object()
                .put("examples", score.examples())
                .put("correct", score.correct())
                .put("meanLoss", score.meanLoss())
                .put("promoted", score.promoted());
        if (score.confusion() != null) {
            json.set("confusion", confusion(score.confusion()));
        }
        return json;
    }

    private static ObjectNode live(LiveScore live) {
        return Json.object().put("examples", live.examples()).put("correct", live.correct());
    }

    /// An array of rows, one for each label.
    private static ArrayNode confusion(ConfusionMatrix matrix) {
        ArrayNode rows = Json.array();
        for (int label = 0; label < matrix.classes(); label++) {
            ArrayNode row = rows.addArray();
            for (int prediction = 0; prediction < matrix.classes(); prediction++) {
                row.add(matrix.count(label, prediction));
            }
        }
        return rows;
    }
}
