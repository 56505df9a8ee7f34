package dev.inkstream.monitoring;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What *Serving* says of a known stream, as Prometheus computes it.
@Timeout(600)
class ServingPanelsIT {
    private static final Dashboard SERVING = Dashboard.of("serving.json");
    private static final KnownStream STREAM = new KnownStream("1m", series());

    /// A version of `digits` a minute. From the 51st on none is promoted, from the 61st on promotions are held, in the
    /// last half hour the version is pinned, and no shadow runs. Of ten images a minute that `digits` and its shadow
    /// classify, six are correct for both, two for the serving version, one for the shadow. `letters` has a shadow that
    /// is as good, and follows.
    private static Map<String, String> series() {
        Map<String, String> series = new TreeMap<>();
        series.put(evaluator("inkstream_newest_version", "digits"), "0+1x120");
        series.put(evaluator("inkstream_decided_serving_version", "digits"), "0+1x50 50x69");
        series.put(evaluator("inkstream_decided_shadow_version", "digits"), "0+1x50 49x39 stale");
        series.put(evaluator("inkstream_promotions_held", "digits"), "0x60 1x29 0x30");
        series.put(evaluator("inkstream_promotions_pinned", "digits"), "0x90 1x30");
        outcomes(series, "digits", 6, 2, 1, 1);
        series.put(evaluator("inkstream_newest_version", "letters"), "7x120");
        series.put(evaluator("inkstream_decided_serving_version", "letters"), "7x120");
        series.put(evaluator("inkstream_promotions_held", "letters"), "0x120");
        series.put(evaluator("inkstream_promotions_pinned", "letters"), "0x120");
        outcomes(series, "letters", 8, 1, 1, 0);
        series.put(evaluator("inkstream_decisions_total", "digits", "kind=\"refused\", "), "0x50 0+1x70");
        series.put(evaluator("inkstream_decisions_total", "letters", "kind=\"refused\", "), "0x120");
        series.put(evaluator("inkstream_decisions_total", "digits", "kind=\"promoted\", "), "0+1x50 50x70");
        series.put(classifier("inkstream_model_version"), "50x120");
        series.put(classifier("inkstream_shadow_version"), "49x120");
        series.put(classifier("inkstream_images_total"), "0+100x120");
        return series;
    }

    private static void outcomes(Map<String, String> series, String model, int... perMinute) {
        String[] correct = {"both", "serving", "shadow", "neither"};
        for (int i = 0; i < correct.length; i++) {
            String name = evaluator("inkstream_shadow_outcomes_total", model, "correct=\"" + correct[i] + "\", ");
            series.put(name, "0+%dx120".formatted(perMinute[i]));
        }
    }

    private static String evaluator(String metric, String model) {
        return evaluator(metric, model, "");
    }

    private static String evaluator(String metric, String model, String labels) {
        return "%s{%smodel=\"%s\", job=\"evaluator\", instance=\"e:9400\"}".formatted(metric, labels, model);
    }

    private static String classifier(String metric) {
        return metric + "{model=\"digits\", role=\"classifier\", job=\"classifier\", instance=\"c:9400\"}";
    }

    @BeforeEach
    void needPromtool() {
        DebianTools.need("promtool");
    }

    @Test
    void versionsAndHowFarServingIsBehind(@TempDir Path directory) throws Exception {
        assertValues(directory, expression("Newest version", 0), "80m", "80", "7");
        assertValues(directory, expression("Serving version", 0), "80m", "50", "7");
        assertValues(directory, expression("Versions behind", 0), "30m", "0", "0");
        assertValues(directory, expression("Versions behind", 0), "80m", "30", "0");
    }

    @Test
    void theShadowIsShownWhileItRuns(@TempDir Path directory) throws Exception {
        STREAM.assertValues(directory, expression("Shadow", 0), "80m", Map.of("{model=\"digits\"}", "49"));
        STREAM.assertValues(directory, expression("Shadow", 0), "100m", Map.of());
    }

    @Test
    void promotionsFollowAreHeldOrPinned(@TempDir Path directory) throws Exception {
        for (String title : new String[] {"Promotions", "Promotions over time"}) {
            assertValues(directory, expression(title, 0), "30m", "0", "0");
            assertValues(directory, expression(title, 0), "80m", "1", "0");
            assertValues(directory, expression(title, 0), "100m", "2", "0");
        }
    }

    @Test
    void bothAreComparedOnTheSameImages(@TempDir Path directory) throws Exception {
        String title = "Accuracy on the same images: serving and shadow";

        assertValues(directory, expression(title, 0), "80m", "0.8", "0.9");
        assertValues(directory, expression(title, 1), "80m", "0.7", "0.9");
        assertValues(directory, expression("Shadow against serving, in points", 0), "80m", "-0.1", "0");
        assertValues(directory, expression("Wins and losses of the shadow", 0), "80m", "5", "5");
        assertValues(directory, expression("Wins and losses of the shadow", 1), "80m", "10", "5");
    }

    @Test
    void theChartOfVersionsHasWhatTheFirstRowHas(@TempDir Path directory) throws Exception {
        assertValues(directory, expression("Versions: newest, serving, shadow", 0), "80m", "80", "7");
        assertValues(directory, expression("Versions: newest, serving, shadow", 1), "80m", "50", "7");
        STREAM.assertValues(
                directory,
                expression("Versions: newest, serving, shadow", 2),
                "80m",
                Map.of("{model=\"digits\"}", "49"));
    }

    @Test
    void decisionsAreCountedByKind(@TempDir Path directory) throws Exception {
        STREAM.assertValues(
                directory,
                expression("Decisions, by kind", 0),
                "80m",
                Map.of("{kind=\"refused\"}", "4", "{kind=\"promoted\"}", "0"));
    }

    @Test
    void versionsThatEachClassifierRuns(@TempDir Path directory) throws Exception {
        String labels = "{model=\"digits\", instance=\"c:9400\"}";

        STREAM.assertValues(directory, expression("Versions that classifiers run", 0), "80m", Map.of(labels, "50"));
        STREAM.assertValues(directory, expression("Versions that classifiers run", 1), "80m", Map.of(labels, "49"));
    }

    private static String expression(String title, int query) {
        return SERVING.expressions(title).get(query).replace("$__rate_interval", "4m");
    }

    private static void assertValues(Path directory, String expression, String at, String digits, String letters)
            throws Exception {
        STREAM.assertValues(
                directory, expression, at, Map.of("{model=\"digits\"}", digits, "{model=\"letters\"}", letters));
    }
}
