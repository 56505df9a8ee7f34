package dev.inkstream.app.demo;

import dev.inkstream.record.Evaluation;
import dev.inkstream.record.Prediction;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What has been seen on the topics so far. Thread-safe; it keeps a bounded number of records.
final class Progress {
    private static final int RECENT = 1_000;
    private static final int MISTAKES = 8;
    private static final int UNTOLD = 1_000;

    private @Nullable Evaluation latest;
    private @Nullable Evaluation best;
    private @Nullable Prediction first;
    private long predictions;
    private long ofLatestVersion;
    private long latestVersion = -1;
    private final Deque<Boolean> recent = new ArrayDeque<>();
    private final Deque<Mistake> mistakes = new ArrayDeque<>();
    private final Deque<Evaluation> untold = new ArrayDeque<>();

    /// An image that the newest version seen took for something else.
    ///
    /// @param image its number in the set
    record Mistake(int image, int predicted) {}

    /// @param seen predictions so far
    /// @param accuracy of the last thousand
    record Live(long seen, double accuracy) {}

    synchronized void evaluated(Evaluation evaluation) {
        latest = evaluation;
        keep(untold, evaluation, UNTOLD);
        if (best == null || evaluation.confusion().correct() >= best.confusion().correct()) {
            best = evaluation;
        }
    }

    /// @param image number of the image in its set
    /// @param label what it really shows
    synchronized void predicted(Prediction prediction, int image, int label) {
        if (first == null) {
            first = prediction;
        }
        predictions++;
        boolean correct = prediction.label() == label;
        keep(recent, correct, RECENT);
        if (prediction.model().version() > latestVersion) {
            latestVersion = prediction.model().version();
            ofLatestVersion = 0;
            mistakes.clear();
        }
        if (prediction.model().version() == latestVersion) {
            ofLatestVersion++;
            if (!correct) {
                keep(mistakes, new Mistake(image, prediction.label()), MISTAKES);
            }
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
        long correct = recent.stream().filter(hit -> hit).count();
        return new Live(predictions, recent.isEmpty() ? Double.NaN : (double) correct / recent.size());
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
