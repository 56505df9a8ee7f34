package dev.inkstream.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Each event is marked on the charts once, wherever it lies between the steps of the chart.
@Timeout(600)
class AnnotationsIT {
    static final List<Dashboard> DASHBOARDS = Dashboard.all();

    /// Scraped every 7 s. Event k comes to be seen at 35 k s.
    private static final KnownStream STREAM = new KnownStream(
            "7s",
            Map.of(
                    "inkstream_model_version{role=\"classifier\", job=\"j\", instance=\"i\"}",
                    "0x4 1x4 2x4 3x4 4x4 5x4 6x4 7x40",
                    "inkstream_drift_events_total{role=\"evaluator\", job=\"j\", instance=\"i\"}",
                    "0x4 1x4 2x4 3x4 4x4 5x4 6x4 7x40",
                    decisions("refused"),
                    "0x4 1x4 2x4 3x4 4x4 5x4 6x4 7x40",
                    decisions("restored"),
                    "0x14 1x60",
                    decisions("confirmed"),
                    "0x4 1x4 2x4 3x4 4x4 5x4 6x4 7x40"));

    /// The step of 30 s that each event belongs to; the steps at 30, 240 and 300 s have none.
    private static final Map<Integer, String> EVENT_BY_STEP =
            Map.of(60, "1", 90, "2", 120, "3", 150, "4", 180, "5", 210, "6", 270, "7");

    @BeforeEach
    void needPromtool() {
        DebianTools.need("promtool");
    }

    @ParameterizedTest
    @FieldSource("DASHBOARDS")
    void eachVersionDriftAndDecisionIsMarkedOnce(Dashboard dashboard, @TempDir Path directory) throws Exception {
        assertThat(dashboard.annotations()).hasSize(3);
        String versions = filledIn(dashboard.annotations().getFirst());
        String drift = filledIn(dashboard.annotations().get(1));
        String decisions = filledIn(dashboard.annotations().getLast());

        for (int step = 30; step <= 300; step += 30) {
            String event = EVENT_BY_STEP.get(step);
            STREAM.assertValues(
                    directory,
                    versions,
                    step + "s",
                    event == null ? Map.of() : Map.of("{version=\"" + event + "\"}", "1"));
            STREAM.assertValues(
                    directory, drift, step + "s", event == null ? Map.of() : Map.of("{role=\"evaluator\"}", "1"));
            STREAM.assertValues(directory, decisions, step + "s", decided(step, event != null));
        }
    }

    /// The roll-back is at 105 s. Nothing that was confirmed is marked.
    private static Map<String, String> decided(int step, boolean refused) {
        Map<String, String> marks = new HashMap<>();
        if (refused) {
            marks.put("{kind=\"refused\", model=\"digits\"}", "1");
        }
        if (step == 120) {
            marks.put("{kind=\"restored\", model=\"digits\"}", "1");
        }
        return marks;
    }

    private static String decisions(String kind) {
        return "inkstream_decisions_total{kind=\"%s\", model=\"digits\", job=\"j\", instance=\"i\"}".formatted(kind);
    }

    private static String filledIn(Query query) {
        return query.ofEverySeries().expression().replace("$__interval", "30s");
    }
}
