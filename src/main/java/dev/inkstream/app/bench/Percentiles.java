package dev.inkstream.app.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.inkstream.app.console.Json;
import dev.inkstream.app.console.Table;
import dev.inkstream.app.console.Table.Column;
import org.HdrHistogram.Histogram;

/// A distribution of times, in microseconds. Immutable.
///
/// @param count of the times; of none, all others are 0
record Percentiles(long count, long p50, long p90, long p99, long p999, long max) {
    private static final double MICROS = 1_000;

    /// With three significant digits.
    static Percentiles of(Histogram micros) {
        return new Percentiles(
                micros.getTotalCount(),
                micros.getValueAtPercentile(50),
                micros.getValueAtPercentile(90),
                micros.getValueAtPercentile(99),
                micros.getValueAtPercentile(99.9),
                micros.getMaxValue());
    }

    /// A table for [#row].
    static Table table() {
        return new Table(
                Column.text("MILLISECONDS FROM - TO"),
                Column.number("COUNT"),
                Column.number("P50"),
                Column.number("P90"),
                Column.number("P99"),
                Column.number("P99.9"),
                Column.number("MAX"));
    }

    void row(Table table, String name) {
        table.row(name, "%,d".formatted(count), ms(p50), ms(p90), ms(p99), ms(p999), ms(max));
    }

    private static String ms(long micros) {
        return "%.1f".formatted(micros / MICROS);
    }

    /// In milliseconds.
    ObjectNode json() {
        return Json.object()
                .put("count", count)
                .put("p50Ms", p50 / MICROS)
                .put("p90Ms", p90 / MICROS)
                .put("p99Ms", p99 / MICROS)
                .put("p999Ms", p999 / MICROS)
                .put("maxMs", max / MICROS);
    }
}
