package dev.inkstream.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.inkstream.app.console.Json;
import dev.inkstream.app.console.Table;
import dev.inkstream.app.console.Table.Column;
import dev.inkstream.app.console.Text;
import java.util.List;
import java.util.Map;

/// The results of one run, as a table of ratios or as JSON. Immutable.
///
/// @param images what was classified and learned
/// @param measured in the order of the run
record Report(Machine machine, String images, Map<Case, Measurement> measured) {
    /// A row for each pair of benchmarks that have both run.
    String text() {
        Table table = new Table(
                Column.text("task"),
                Column.text("network"),
                Column.number("images/s"),
                Column.text("against"),
                Column.number("images/s"),
                Column.number("ratio"));
        for (Ratio ratio : ratios()) {
            table.row(
                    ratio.first().task().text(),
                    ratio.first().model().text(),
                    of(ratio.first()).text(),
                    ratio.against(),
                    of(ratio.second()).text(),
                    Text.decimals(value(ratio), 2));
        }
        return machine.text() + "\n" + images + "\n\n" + table.text();
    }

    ObjectNode toJson() {
        ArrayNode measurements = Json.array();
        measured.values().forEach(each -> measurements.add(each.toJson()));
        ArrayNode ratios = Json.array();
        for (Ratio ratio : ratios()) {
            ratios.add(Json.object()
                    .put("first", ratio.first().text())
                    .put("second", ratio.second().text())
                    .put("ratio", value(ratio)));
        }
        ObjectNode json = Json.object();
        json.set("machine", machine.toJson());
        json.put("images", images);
        json.set("measurements", measurements);
        json.set("ratios", ratios);
        return json;
    }

    private List<Ratio> ratios() {
        return Ratio.all().stream()
                .filter(ratio -> measured.containsKey(ratio.first()) && measured.containsKey(ratio.second()))
                .toList();
    }

    private double value(Ratio ratio) {
        return of(ratio.first()).imagesPerSecond() / of(ratio.second()).imagesPerSecond();
    }

    private Measurement of(Case benchmark) {
        return measured.get(benchmark);
    }
}
