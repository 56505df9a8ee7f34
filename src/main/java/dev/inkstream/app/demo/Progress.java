package dev.inkstream.app.demo;

import dev.inkstream.dataset.Images;
import dev.inkstream.record.DriftEvent;
import dev.inkstream.record.Evaluation;
import dev.inkstream.record.LiveEvaluation;
import dev.inkstream.record.ModelDecision.Kind;
import dev.inkstream.record.Prediction;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What has been seen on the topics so far. Thread-safe; it keeps a bounded number of records.
final class Progress {
    private static final int MISTAKES = 8;
    private static final int UNTOLD = 1_000;

    private @Nullable Evaluation latest;
    private @Nullable Evaluation best;
    private @Nullable Prediction first;
    private long predictions;
    private long ofLatestVersion;
    private long latestVersion = -1;
    private long outcomes;
    private long correct;
    private long drifts;
    private final Map<Kind, Long> decisions = new EnumMap<>(Kind.class);
    private final Deque<LiveEvaluation> recent = new ArrayDeque<>();
    private final Deque<LiveEvaluation> untoldLive = new ArrayDeque<>();
    private final Deque<Drifted> untoldDrifts = new ArrayDeque<>();
    private final Deque<Mistake> mistakes = new ArrayDeque<>();
    private final Deque<Evaluation> untold = new ArrayDeque<>();

    /// An image that the newest version seen took for something else.
    ///
    record Mistake(Shown shown, int predicted) {}

    /// One of a set of images.
    ///
    /// @param image its number in the set
    record Shown(Images set, int image) {
        int label() {
            return set.label(image);
        }
    }

    /// @param seen predictions so far
    /// @param accuracy of those that got their label in the last window reported; not a number before the first
    record Live(long seen, double accuracy) {}

    /// Predictions that got their label since the start, those of them that were correct, and drifts reported.
    record Served(long outcomes, long correct, long drifts) {}

    /// A drift that was reported.
    ///
    /// @param at time of the outcome that gave the alarm
    /// @param labelsAfterChange labels of changed images sent by then
    record Drifted(DriftEvent event, Instant at, long labelsAfterChange) {}

    synchronized void evaluated(Evaluation evaluation) {
        latest = evaluation;
        keep(untold, evaluation, UNTOLD);
        if (best == null || evaluation.confusion().correct() >= best.confusion().correct()) {
            best = evaluation;
        }
    }

    synchronized void liveEvaluated(LiveEvaluation evaluation) {
        if (!recent.isEmpty() && !recent.getLast().window().equals(evaluation.window())) {
            recent.clear();
        }
        outcomes += evaluation.confusion().examples();
        correct += evaluation.confusion().correct();
        keep(recent, evaluation, UNTOLD);
        keep(untoldLive, evaluation, UNTOLD);
    }

    synchronized void drifted(Drifted drift) {
        drifts++;
        keep(untoldDrifts, drift, UNTOLD);
    }

    synchronized void decided(Kind kind) {
        decisions.merge(kind, 1L, Long::sum);
    }

    /// Decisions so far, by kind.
    synchronized Map<Kind, Long> decisions() {
        return new EnumMap<>(decisions);
    }

    /// @param shown the image it was made of; empty if that is not known
    synchronized void predicted(Prediction prediction, Optional<Shown> shown) {
        if (first == null) {
            first = prediction;
        }
        predictions++;
        if (prediction.model().version() > latestVersion) {
            latestVersion = prediction.model().version();
            ofLatestVersion = 0;
            mistakes.clear();
        }
        if (prediction.model().version() == latestVersion) {
            ofLatestVersion++;
            shown.filter(image -> image.label() != prediction.label())
                    .ifPresent(image -> keep(mistakes, new Mistake(image, prediction.label()), MISTAKES));
        }
    }

    private static <T> void keep(Deque<T> last, T next, int atMost) {
        if (last.size() == atMost) {
            last.removeFirst();
        }
        last.addLast(next);
    }

    /// The evaluations since the last call, oldest first.
    synchronized List<Evaluation> newEvaluations() {
        List<Evaluation> all = List.copyOf(untold);
        untold.clear();
        return all;
    }

    /// The live evaluations since the last call, oldest first.
    synchronized List<LiveEvaluation> newLiveEvaluations() {
        List<LiveEvaluation> all = List.copyOf(untoldLive);
        untoldLive.clear();
        return all;
    }

    /// The drifts since the last call, oldest first.
    synchronized List<Drifted> newDrifts() {
        List<Drifted> all = List.copyOf(untoldDrifts);
        untoldDrifts.clear();
        return all;
    }

    synchronized Optional<Evaluation> latest() {
        return Optional.ofNullable(latest);
    }

    synchronized Optional<Evaluation> best() {
        return Optional.ofNullable(best);
    }

    synchronized Optional<Prediction> firstPrediction() {
        return Optional.ofNullable(first);
    }

    synchronized Live live() {
        long correct =
                recent.stream().mapToLong(live -> live.confusion().correct()).sum();
        long examples =
                recent.stream().mapToLong(live -> live.confusion().examples()).sum();
        return new Live(predictions, examples == 0 ? Double.NaN : (double) correct / examples);
    }

    synchronized Served served() {
        return new Served(outcomes, correct, drifts);
    }

    /// Predictions seen that `version`, the newest, made.
    synchronized long predictionsBy(long version) {
        return version == latestVersion ? ofLatestVersion : 0;
    }

    synchronized List<Mistake> mistakes() {
        return List.copyOf(mistakes);
    }

    synchronized long trained() {
        return latest == null ? 0 : latest.trainedExamples();
    }
}
