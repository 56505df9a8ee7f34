package dev.inkstream.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.inkstream.app.bench.Machine;
import dev.inkstream.app.console.BuildVersion;
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
/// @param peers that were measured beside the network
/// @param settings of the run
/// @param images what was classified and learned
/// @param measured in the order of the run
record Report(Peers peers, ObjectNode settings, String images, Map<Case, Measurement> measured) {
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
        for (Comparison pair : ratios()) {
            row(table, pair.first(), pair.against(), of(pair.second()).text(), Text.decimals(value(pair), 2));
            alone.removeAll(List.of(pair.first(), pair.second()));
        }
        for (Case each : alone) {
            row(table, each, Text.NONE, Text.NONE, Text.NONE);
        }
        return Machine.ofThisProcess().line() + "\n" + BuildVersion.name() + ", " + peers.text() + "\n" + images
                + "\n\n" + table.text();
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
        for (Comparison pair : ratios()) {
            ratios.add(Json.object()
                    .put("first", pair.first().text())
                    .put("second", pair.second().text())
                    .put("ratio", value(pair)));
        }
        ObjectNode json = Json.object();
        json.set("machine", Machine.ofThisProcess().json());
        json.set("peers", peers.toJson());
        json.set("settings", settings);
        json.put("images", images);
        json.set("measurements", measurements);
        json.set("ratios", ratios);
        return json;
    }

    private List<Comparison> ratios() {
        return Comparison.all().stream()
                .filter(pair -> measured.containsKey(pair.first()) && measured.containsKey(pair.second()))
                .toList();
    }

    private double value(Comparison pair) {
        return of(pair.first()).imagesPerSecond() / of(pair.second()).imagesPerSecond();
    }

    private Measurement of(Case benchmark) {
        return Objects.requireNonNull(measured.get(benchmark), benchmark::text);
    }
}
