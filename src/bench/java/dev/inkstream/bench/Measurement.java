package dev.inkstream.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.inkstream.app.console.Json;
import java.util.Locale;

/// What a benchmark gave.
///
/// @param imagesPerSecond the mean over all iterations
/// @param error half the width of its confidence interval of 99.9 %; NaN if there are too few iterations
record Measurement(Case benchmark, double imagesPerSecond, double error) {
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
        return Double.isNaN(error) ? json.putNull("error") : json.put("error", error);
    }
}
