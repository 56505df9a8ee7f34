package dev.inkstream.monitoring;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What the first screen of *Accuracy* says of a known stream, as Prometheus computes it.
@Timeout(600)
class AccuracyPanelsIT {
    private static final String EVALUATOR = "job=\"evaluator\", instance=\"e:9400\"";
    private static final int CLASSES = 3;
    private static final Dashboard ACCURACY = Dashboard.of("accuracy.json");
    private static final KnownStream STREAM = new KnownStream("1m", series());

    /// In the second hour, of four images of 0 three are recognised, of 1 all, of 2 none; in the first hour all were.
    /// Cells that never happened stay at 0, as the evaluator has them.
    private static Map<String, String> series() {
        Map<String, String> series = new HashMap<>();
        for (int cell = 0; cell < CLASSES * CLASSES; cell++) {
            series.put(confusion(cell / CLASSES, cell % CLASSES), "0x120");
        }
        series.put(confusion(0, 0), "0+4x60 240+3x60");
        series.put(confusion(0, 2), "0x60 0+1x60");
        series.put(confusion(1, 1), "0+4x60 240+4x60");
        series.put(confusion(2, 2), "0+4x60 240+0x60");
        series.put(confusion(2, 1), "0x60 0+4x60");
        series.put("inkstream_live_outcomes_total{outcome=\"correct\", " + EVALUATOR + "}", "0+12x60 720+7x60");
        series.put("inkstream_live_outcomes_total{outcome=\"wrong\", " + EVALUATOR + "}", "0x60 0+5x60");
        return series;
    }

    private static String confusion(int label, int prediction) {
        return "inkstream_live_confusion_total{label=\"%d\", prediction=\"%d\", %s}"
                .formatted(label, prediction, EVALUATOR);
    }

    @BeforeEach
    void needPromtool() {
        DebianTools.need("promtool");
    }

    @Test
    void theStreamIsAsDescribed(@TempDir Path directory) throws Exception {
        assertValues(directory, "sum(increase(inkstream_live_outcomes_total[5m]))", Map.of("{}", "60"));
    }

    @Test
    void worstDigitIsTheOneWithTheLowestAccuracy(@TempDir Path directory) throws Exception {
        assertValues(directory, expression("Worst digit"), Map.of("{label=\"2\"}", "0"));
    }

    @Test
    void everyDigitHasItsShareAlsoIfItIsNothing(@TempDir Path directory) throws Exception {
        assertValues(
                directory,
                expression("Accuracy, by digit"),
                Map.of("{label=\"0\"}", "0.75", "{label=\"1\"}", "1", "{label=\"2\"}", "0"));
    }

    @Test
    void theConfusionHasShareOfErrorsBesideTheDiagonalAndTwoMoreOnIt(@TempDir Path directory) throws Exception {
        assertValues(
                directory,
                expression("Confusion matrix"),
                Map.of(
                        "{label=\"0\", prediction=\"0\"}", "2.75",
                        "{label=\"0\", prediction=\"1\"}", "0",
                        "{label=\"0\", prediction=\"2\"}", "0.25",
                        "{label=\"1\", prediction=\"0\"}", "0",
                        "{label=\"1\", prediction=\"1\"}", "3",
                        "{label=\"1\", prediction=\"2\"}", "0",
                        "{label=\"2\", prediction=\"0\"}", "0",
                        "{label=\"2\", prediction=\"1\"}", "1",
                        "{label=\"2\", prediction=\"2\"}", "2"));
    }

    @Test
    void nowAndAnHourAgo(@TempDir Path directory) throws Exception {
        assertValues(directory, "round(12 * (" + expression("Now") + "))", Map.of("{}", "7"));
        assertValues(directory, "round(12 * (" + against("1h") + "))", Map.of("{}", "-5"));
    }

    /// Before the window lie 60 minutes with 12 of 12 right, then, from the 61st on, 34 with 7 of 12.
    @Test
    void againstWhatThereIsWhereNothingIsSoOld(@TempDir Path directory) throws Exception {
        double before = (60 * 12 + 34 * 7) / (94 * 12.0);

        assertValues(
                directory,
                "round(100 * (" + against("1d") + "))",
                Map.of("{}", "" + Math.round(100 * (7 / 12.0 - before))));
    }

    @Test
    void againstAMinuteAgoInTheFirstMinutes(@TempDir Path directory) throws Exception {
        STREAM.assertValues(directory, against("1h"), "3m", Map.of("{}", "0"));
        STREAM.assertValues(directory, against("1h"), "1m", Map.of());
    }

    private static String against(String ago) {
        return expression("Change since ${ago:text} ago, in points").replace("$ago", ago);
    }

    private static String expression(String title) {
        return ACCURACY.expressions(title).getFirst();
    }

    private static void assertValues(Path directory, String expression, Map<String, String> values) throws Exception {
        STREAM.assertValues(directory, expression, "100m", values);
    }
}
