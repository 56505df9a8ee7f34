package dev.inkstream.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.inkstream.app.console.Json;
import dev.inkstream.app.console.Table;
import dev.inkstream.app.console.Table.Column;
import dev.inkstream.app.console.Text;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/// The results of one run, as a table of ratios or as JSON. Immutable.
///
/// @param settings of the run
/// @param images what was classified and learned
/// @param measured in the order of the run
record Report(Machine machine, ObjectNode settings, String images, Map<Case, Measurement> measured) {
    /// A row for each pair of benchmarks that have both run, and for each that has run alone.
    String text() {
        Table table = new Table(
                Column.text("task"),
                Column.text("network"),
                Column.text("engine"),
                Column.number("images/s"),
                Column.text("against"),
                Column.number("images/s"),
                Column.number("ratio"));
        Set<Case> alone = new LinkedHashSet<>(measured.keySet());
        for (Ratio ratio : ratios()) {
            row(table, ratio.first(), ratio.against(), of(ratio.second()).text(), Text.decimals(value(ratio), 2));
            alone.removeAll(List.of(ratio.first(), ratio.second()));
        }
        for (Case each : alone) {
            row(table, each, Text.NONE, Text.NONE, Text.NONE);
        }
        return machine.text() + "\n" + images + "\n\n" + table.text();
    }

    private void row(Table table, Case first, String... others) {
        table.row(Stream.concat(
                        Stream.of(
                                first.task().text(),
                                first.model().text(),
                                first.engineText(),
                                of(first).text()),
                        Stream.of(others))
                .toArray(String[]::new));
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
        json.set("settings", settings);
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
        return Objects.requireNonNull(measured.get(benchmark), benchmark::text);
    }
}
