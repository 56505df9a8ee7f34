package dev.inkstream.app.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.inkstream.app.console.Json;
import dev.inkstream.app.console.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.HdrHistogram.Histogram;

/// Times from the append of the last labeled image that a version learned from to the version. Not thread-safe.
final class LearningTimes {
    private static final int DIGITS = 3;

    private final LatencyOptions options;
    private final List<Arrival> arrivals = new ArrayList<>();
    private final Histogram published = new Histogram(DIGITS);
    private final Histogram serving = new Histogram(DIGITS);

    /// A version that could be read.
    ///
    /// @param serves whether as the one that serves, or as one that is published
    /// @param lastOffset of the images that it learned from
    /// @param micros when it was read, since 1970
    private record Arrival(boolean serves, long lastOffset, long micros) {}

    LearningTimes(LatencyOptions options) {
        this.options = options;
    }

    void add(boolean serves, long lastOffset, long micros) {
        arrivals.add(new Arrival(serves, lastOffset, micros));
    }

    /// Counts the versions that came, but those without an image and those of the warm-up.
    ///
    /// @param appended of all images that were sent
    void resolve(AppendTimes appended) {
        Pace pace = new Pace(options.rate(), 0);
        for (Arrival arrival : arrivals) {
            OptionalLong append = appended.at(arrival.lastOffset());
            if (append.isPresent()
                    && pace.sinceStart(arrival.lastOffset()) >= options.warmUp().toNanos()) {
                (arrival.serves() ? serving : published)
                        .recordValue(Math.max(0, arrival.micros() - append.getAsLong() * 1_000));
            }
        }
    }

    boolean hasServed() {
        return serving.getTotalCount() > 0;
    }

    String text() {
        Table table = Percentiles.table();
        Percentiles.of(published).row(table, "append - version published");
        Percentiles.of(serving).row(table, "append - version serves");
        return table.text();
    }

    ObjectNode json() {
        ObjectNode json = Json.object();
        json.set("appendToPublished", Percentiles.of(published).json());
        json.set("appendToServing", Percentiles.of(serving).json());
        return json;
    }
}
