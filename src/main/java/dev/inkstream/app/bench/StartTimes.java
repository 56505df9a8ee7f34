package dev.inkstream.app.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.inkstream.app.console.Json;
import dev.inkstream.app.console.Table;
import dev.inkstream.app.console.Table.Column;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How long processes took from their start to their first record, by process. Not thread-safe.
final class StartTimes {
    private static final double NANOS = 1e9;

    private final Map<String, List<Double>> seconds = new LinkedHashMap<>();

    void add(String process, Duration time) {
        seconds.computeIfAbsent(process, none -> new ArrayList<>()).add(time.toNanos() / NANOS);
    }

    String text() {
        Table table = new Table(
                Column.text("SECONDS FROM START TO"),
                Column.number("RUNS"),
                Column.number("MEDIAN"),
                Column.number("LEAST"),
                Column.number("MOST"));
        seconds.forEach((process, times) -> table.row(
                process,
                Integer.toString(times.size()),
                "%.2f".formatted(Median.of(times)),
                "%.2f".formatted(Collections.min(times)),
                "%.2f".formatted(Collections.max(times))));
        return table.text();
    }

    ObjectNode json() {
        ObjectNode json = Json.object();
        ArrayNode all = json.putArray("starts");
        seconds.forEach((process, times) -> {
            ObjectNode one = all.addObject().put("to", process).put("medianSeconds", Median.of(times));
            ArrayNode runs = one.putArray("seconds");
            times.forEach(runs::add);
        });
        return json;
    }
}
