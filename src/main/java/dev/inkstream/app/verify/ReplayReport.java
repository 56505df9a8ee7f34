package dev.inkstream.app.verify;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.inkstream.app.console.Json;
import dev.inkstream.app.console.Table;
import dev.inkstream.app.console.Table.Column;
import dev.inkstream.app.console.Text;
import dev.inkstream.app.verify.OtherAnswers.Pair;
import dev.inkstream.record.ModelVersion;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// What another version would have answered, for people and for programs.
record ReplayReport(ModelVersion version, OtherAnswers answers, LabeledPairs labels) {
    private static final int ROWS = 20;

    String text() {
        StringBuilder text = new StringBuilder("%s changes %s of %s\n"
                .formatted(
                        Text.printable(version.toString()),
                        Text.count(answers.changed()),
                        Text.count(answers.replayed(), "answer")));
        if (answers.problems() > 0) {
            text.append("%s left out: the image is gone or cannot be used\n"
                    .formatted(Text.count(answers.problems(), "prediction")));
        }
        if (answers.changed() > 0) {
            text.append('\n').append(table());
        }
        return text.append('\n').append(evidence()).toString();
    }

    private String table() {
        Table table = new Table(Column.number("FROM"), Column.number("TO"), Column.number("IMAGES"));
        List<Map.Entry<Pair, Long>> rows = answers.changes().entrySet().stream()
                .sorted(Map.Entry.<Pair, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .toList();
        rows.stream()
                .limit(ROWS)
                .forEach(row -> table.row(
                        Integer.toString(row.getKey().served()),
                        Integer.toString(row.getKey().other()),
                        Text.count(row.getValue())));
        String left = rows.size() <= ROWS ? "" : "and %d pairs of classes more\n".formatted(rows.size() - ROWS);
        return table.text() + left;
    }

    private String evidence() {
        if (labels.known() == 0) {
            return "no image has a label\n";
        }
        return ("%s with a label: %s correct as served, %s with v%d; %d won, %d lost, %s (exact McNemar test,"
                        + " two-sided)\n")
                .formatted(
                        Text.count(labels.known(), "image"),
                        Text.count(labels.servedCorrect()),
                        Text.count(labels.otherCorrect()),
                        version.version(),
                        labels.wins(),
                        labels.losses(),
                        Text.pValue(labels.pValue()));
    }

    ObjectNode json() {
        ObjectNode json = Json.object()
                .put("model", version.model())
                .put("version", version.version())
                .put("weightsSha256", version.weights().toString())
                .put("predictions", answers.replayed())
                .put("leftOut", answers.problems())
                .put("changed", answers.changed());
        ArrayNode changes = json.putArray("changes");
        answers.changes()
                .forEach((pair, images) -> changes.add(Json.object()
                        .put("from", pair.served())
                        .put("to", pair.other())
                        .put("images", images)));
        json.set(
                "labels",
                Json.object()
                        .put("known", labels.known())
                        .put("servedCorrect", labels.servedCorrect())
                        .put("otherCorrect", labels.otherCorrect())
                        .put("won", labels.wins())
                        .put("lost", labels.losses())
                        .put("pValue", labels.pValue()));
        return json;
    }
}
