package dev.inkstream.app.faults;

import dev.inkstream.app.faults.RunLog.Entry;
import dev.inkstream.network.Network;
import dev.inkstream.network.Workspace;
import dev.inkstream.record.ImageRecord;
import dev.inkstream.record.Label;
import dev.inkstream.record.LiveEvaluation;
import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.Prediction;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.Snapshots;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Computes each prediction again, and counts again how the predictions of each version did.
///
/// @param openRound the round of [Load#sendEnd] that is not counted, since its window is open
record PredictionChecks(RunLog log, int openRound) {
    private static final int CLASSES = RoleArguments.CLASSES;

    private record Ready(Network network, Workspace workspace) {}

    List<Finding> findings() {
        return List.of(scores(), counts(), windows());
    }

    private Finding scores() {
        Map<ModelVersion, Ready> networks = new HashMap<>();
        for (WeightSnapshot snapshot : log.snapshots()) {
            Network network = Snapshots.network(snapshot);
            networks.put(snapshot.id(), new Ready(network, network.newWorkspace()));
        }
        Map<String, ImageRecord> images = log.images();
        List<Entry<Prediction>> predictions = log.good(log.topics().predictions());
        List<String> differences = new ArrayList<>();
        for (Entry<Prediction> entry : predictions) {
            Prediction prediction = entry.value();
            ImageRecord image = images.get(
                    prediction.image().partition() + "@" + prediction.image().offset());
            boolean same = isSame(networks.get(prediction.model()), image, prediction.label(), prediction.scores())
                    && prediction
                            .shadow()
                            .map(shadow -> isSame(networks.get(shadow.model()), image, shadow.label(), shadow.scores()))
                            .orElse(true);
            if (!same) {
                differences.add(prediction.toString());
            }
        }
        return new Finding(
                "Each prediction, and that of the shadow, equal to the bit to the one computed again",
                predictions.size(),
                differences);
    }

    private static boolean isSame(Ready ready, ImageRecord image, int label, float[] scores) {
        return ready != null
                && image != null
                && ready.network().classify(image.pixels().bytes(), ready.workspace()) == label
                && Arrays.equals(ready.workspace().outputs(), scores);
    }

    /// Label against prediction, by version.
    private Finding counts() {
        Map<String, Label> labels = new HashMap<>();
        log.good(log.topics().labels()).forEach(entry -> labels.put(entry.key(), entry.value()));
        Map<Long, long[]> expected = new TreeMap<>();
        int pairs = 0;
        for (Entry<Prediction> entry : log.good(log.topics().predictions())) {
            if (!entry.key().startsWith("end-" + openRound + "-")) {
                int label = labels.get(entry.key()).label();
                expected.computeIfAbsent(entry.value().model().version(), v -> new long[CLASSES * CLASSES])[
                        label * CLASSES + entry.value().label()]++;
                pairs++;
            }
        }
        Map<Long, long[]> actual = new TreeMap<>();
        for (Entry<LiveEvaluation> entry : log.good(log.topics().liveEvaluations())) {
            long[] counts = entry.value().confusion().counts();
            long[] sum = actual.computeIfAbsent(entry.value().version().orElse(-1), v -> new long[CLASSES * CLASSES]);
            for (int i = 0; i < counts.length; i++) {
                sum[i] += counts[i];
            }
        }
        Finding byVersion =
                Finding.sameList("Live accuracy counts each labeled prediction once", texts(actual), texts(expected));
        return new Finding(byVersion.what(), pairs, byVersion.differences());
    }

    private static List<String> texts(Map<Long, long[]> counts) {
        return counts.entrySet().stream()
                .map(entry -> "v" + entry.getKey() + " " + Arrays.toString(entry.getValue()))
                .toList();
    }

    /// Each window of a version is published once, and every prediction has found its label in time.
    private Finding windows() {
        List<Entry<LiveEvaluation>> all = log.good(log.topics().liveEvaluations());
        List<String> differences = new ArrayList<>();
        all.stream()
                .collect(Collectors.groupingBy(
                        entry -> entry.value().version() + " " + entry.value().window(), Collectors.counting()))
                .forEach((window, count) -> {
                    if (count > 1) {
                        differences.add(count + " times: " + window);
                    }
                });
        LiveEvaluation.Unmatched none = new LiveEvaluation.Unmatched(0, 0, 0, 0);
        all.stream()
                .filter(entry -> !entry.value().unmatched().equals(none))
                .forEach(entry -> differences.add(
                        entry.value().window() + " has " + entry.value().unmatched()));
        return new Finding(
                "Each window of live accuracy once, without late or missing labels", all.size(), differences);
    }
}
