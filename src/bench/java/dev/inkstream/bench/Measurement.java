package dev.inkstream.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.inkstream.app.console.Json;
import java.util.List;
import java.util.Locale;

/// What a benchmark gave.
///
/// @param imagesPerSecond the mean over all iterations
/// @param error half the width of its confidence interval of 99.9 %; NaN if there are too few iterations
/// @param iterations images a second in each iteration of one process, then of the next
record Measurement(Case benchmark, double imagesPerSecond, double error, List<Double> iterations) {
    Measurement {
        iterations = List.copyOf(iterations);
    }

    /// As `1,234,567 ±2 %`.
    String text() {
        String rate = String.format(Locale.ROOT, "%,.0f", imagesPerSecond);
        return Double.isNaN(error)
                ? rate
                : rate + String.format(Locale.ROOT, " ±%.0f %%", 100 * error / imagesPerSecond);
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object()
                .put("task", benchmark.task().text())
                .put("network", benchmark.model().text())
                .put("engine", benchmark.engine().text())
                .put("batch", benchmark.batch())
                .put("imagesPerSecond", imagesPerSecond);
        iterations.forEach(json.putArray("iterations")::add);
        return Double.isNaN(error) ? json.putNull("error") : json.put("error", error);
    }
}
