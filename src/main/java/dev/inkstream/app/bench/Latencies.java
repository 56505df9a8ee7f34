package dev.inkstream.app.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.inkstream.app.console.Json;
import dev.inkstream.app.console.Table;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// Times from an image to its prediction. Not thread-safe.
final class Latencies {
    private static final int DIGITS = 3;

    private final Slices slices;
    private final boolean swaps;
    private final Histogram appendToRead = new Histogram(DIGITS);
    private final Histogram sendToRead = new Histogram(DIGITS);
    private final Histogram withSwaps = new Histogram(DIGITS);
    private final Histogram withoutSwaps = new Histogram(DIGITS);

    /// @param swaps whether to compare times with and without swaps
    Latencies(Slices slices, boolean swaps) {
        this.slices = slices;
        this.swaps = swaps;
    }

    /// Adds an image, unless it belongs to the warm-up.
    ///
    /// @param sinceStart nanoseconds from the start to the time at which it should be sent
    /// @param appendMicros from its append to the reading of its prediction; a clock of milliseconds may make it
    ///     negative, which counts as 0
    /// @param sendNanos from the time at which it should be sent
    void add(long sinceStart, long appendMicros, long sendNanos) {
        Slices.Part part = slices.at(sinceStart);
        if (part == Slices.Part.WARM_UP) {
            return;
        }
        long append = Math.max(0, appendMicros);
        appendToRead.recordValue(append);
        sendToRead.recordValue(Math.max(0, TimeUnit.NANOSECONDS.toMicros(sendNanos)));
        (part == Slices.Part.WITH_SWAPS ? withSwaps : withoutSwaps).recordValue(append);
    }

    String text() {
        Table table = Percentiles.table();
        Percentiles.of(appendToRead).row(table, "append - read");
        Percentiles.of(sendToRead).row(table, "intended send - read");
        if (!swaps) {
            return table.text();
        }
        Percentiles.of(withoutSwaps).row(table, "append - read, without swaps");
        Percentiles.of(withSwaps).row(table, "append - read, with swaps");
        return table.text() + "\nP99.9 with swaps / without: %.3f\n".formatted(swapRatio());
    }

    /// 99.9th percentile with swaps over that without; NaN if there is nothing without.
    double swapRatio() {
        return (double) Percentiles.of(withSwaps).p999()
                / Percentiles.of(withoutSwaps).p999();
    }

    ObjectNode json() {
        ObjectNode json = Json.object();
        json.set("appendToRead", Percentiles.of(appendToRead).json());
        json.set("intendedSendToRead", Percentiles.of(sendToRead).json());
        if (swaps) {
            json.set("appendToReadWithoutSwaps", Percentiles.of(withoutSwaps).json());
            json.set("appendToReadWithSwaps", Percentiles.of(withSwaps).json());
            json.put("p999RatioOfSwaps", swapRatio());
        }
        return json;
    }
}
