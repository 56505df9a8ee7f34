package dev.inkstream.live;

import dev.inkstream.record.DriftEvent;
import dev.inkstream.stream.runtime.LateGauge;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the live join counts, as `docs/metrics.md` names it. Unlike the topic's, these counts are those of a process.
/// Thread-safe.
final class LiveMeters {
    private static final Logger LOG = LoggerFactory.getLogger(LiveMeters.class);

    /// Classes whose confusion is counted here: with more, the series of one role would be too many.
    static final int MAX_CONFUSED = 16;

    private final Counter correct;
    private final Counter wrong;
    /// Entry `label * classes + prediction`; none where there are too many classes.
    private final Counter[] confusion;

    private final int classes;
    private final Counter both;
    private final Counter onlyServing;
    private final Counter onlyShadow;
    private final Counter neither;
    private final Counter lateLabels;
    private final Counter duplicateLabels;
    private final Counter predictionsWithoutLabel;
    private final Counter labelsWithoutPrediction;
    private final Counter driftEvents;
    private final Counter unwatched;
    private final LateGauge errorBefore;
    private final LateGauge errorAfter;

    LiveMeters(MeterRegistry meters, int classes) {
        this.classes = classes;
        correct = outcome(meters, "correct");
        wrong = outcome(meters, "wrong");
        confusion = new Counter[classes > MAX_CONFUSED ? 0 : classes * classes];
        if (classes > MAX_CONFUSED) {
            LOG.warn(
                    "/metrics has no inkstream_live_confusion_total: {} classes are more than {}; the confusion is on"
                            + " live-evaluations",
                    classes,
                    MAX_CONFUSED);
        }
        for (int i = 0; i < confusion.length; i++) {
            confusion[i] = Counter.builder("inkstream.live.confusion")
                    .description("outcomes, by class")
                    .tags("label", Integer.toString(i / classes), "prediction", Integer.toString(i % classes))
                    .register(meters);
        }
        both = paired(meters, "both");
        onlyServing = paired(meters, "serving");
        onlyShadow = paired(meters, "shadow");
        neither = paired(meters, "neither");
        lateLabels = unmatched(meters, "late_label");
        duplicateLabels = unmatched(meters, "duplicate_label");
        predictionsWithoutLabel = unmatched(meters, "prediction_without_label");
        labelsWithoutPrediction = unmatched(meters, "label_without_prediction");
        driftEvents = Counter.builder("inkstream.drift.events")
                .description("alarms of the drift detector")
                .register(meters);
        unwatched = Counter.builder("inkstream.drift.late.outcomes")
                .description("outcomes that arrived too late for the drift detector; they count for accuracy only")
                .register(meters);
        errorBefore = error(meters, "before");
        errorAfter = error(meters, "after");
    }

    private static LateGauge error(MeterRegistry meters, String window) {
        return new LateGauge(
                meters, "inkstream.drift.error.ratio", "error before and after the last alarm", "window", window);
    }

    private static Counter outcome(MeterRegistry meters, String outcome) {
        return Counter.builder("inkstream.live.outcomes")
                .description("predictions whose label has arrived")
                .tag("outcome", outcome)
                .register(meters);
    }

    private static Counter paired(MeterRegistry meters, String correct) {
        return Counter.builder("inkstream.shadow.outcomes")
                .description("labeled images that the serving version and the shadow classified, by who was correct")
                .tag("correct", correct)
                .register(meters);
    }

    private static Counter unmatched(MeterRegistry meters, String reason) {
        return Counter.builder("inkstream.live.unmatched")
                .description("predictions and labels without a match")
                .tag("reason", reason)
                .register(meters);
    }

    void outcome(Counted outcome) {
        (outcome.correct() ? correct : wrong).increment();
        if (confusion.length > 0) {
            confusion[outcome.label() * classes + outcome.prediction()].increment();
        }
        if (outcome.shadow().isPresent()) {
            paired(outcome.paired()).increment();
        }
    }

    private Counter paired(PairedOutcome pair) {
        if (pair.shadowCorrect()) {
            return pair.servingCorrect() ? both : onlyShadow;
        }
        return pair.servingCorrect() ? onlyServing : neither;
    }

    void lateLabel() {
        lateLabels.increment();
    }

    void duplicateLabels(int count) {
        duplicateLabels.increment(count);
    }

    void predictionWithoutLabel() {
        predictionsWithoutLabel.increment();
    }

    void labelsWithoutPrediction(int count) {
        labelsWithoutPrediction.increment(count);
    }

    /// An outcome that came too late for the drift detector.
    void unwatched() {
        unwatched.increment();
    }

    void drift(DriftEvent event) {
        driftEvents.increment();
        errorBefore.set(event.before().rate());
        errorAfter.set(event.after().rate());
    }
}
