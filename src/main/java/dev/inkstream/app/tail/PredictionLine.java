package dev.inkstream.app.tail;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.inkstream.app.console.Json;
import dev.inkstream.app.console.Text;
import dev.inkstream.record.Prediction;
import java.util.Locale;

/// A prediction on one line.
final class PredictionLine {
    private PredictionLine() {}

    /// For a person, in columns as long as ids are short.
    static String text(Prediction prediction) {
        return String.format(
                Locale.ROOT,
                "%-14s  %2d  %7s  %s  images-%d@%d",
                Text.printable(prediction.imageId()),
                prediction.label(),
                Text.percent(prediction.confidence()),
                Text.printable(prediction.model().toString()),
                prediction.image().partition(),
                prediction.image().offset());
    }

    /// All fields by the names they have in the schema, and the score of the label as `confidence`.
    static String json(Prediction prediction) {
        ObjectNode json = Json.object()
                .put("imageId", prediction.imageId())
                .put("label", prediction.label())
                .put("confidence", prediction.confidence());
        ArrayNode scores = json.putArray("scores");
        for (float score : prediction.scores()) {
            scores.add(score);
        }
        json.put("model", prediction.model().model())
                .put("version", prediction.model().version())
                .put("weightsSha256", prediction.model().weights().toString())
                .put("imagePartition", prediction.image().partition())
                .put("imageOffset", prediction.image().offset())
                .put("capturedAt", prediction.capturedAt().toString());
        return Json.line(json);
    }
}
